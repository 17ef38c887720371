import { join } from 'node:path'

import { expect, test } from 'vitest'

import { seededDraw } from '../../../../test/differential/draw.ts'
import { RenderCache } from '../../src/cache/render-cache.ts'
import { openWorkspace } from '../../src/open-workspace.ts'
import { mergeReviewParts, type NamedPart } from '../../src/review/part/merge-parts.ts'
import type { Review } from '../../src/review/review.ts'
import { layTree } from '../temporary-tree.ts'
import { GeneratedWorkspace } from './generated-workspace.ts'

/** The number of workspaces and the first seed: `OVERLAY_RENDER_REVIEWS=200` runs longer. */
const COUNT = Number(process.env['OVERLAY_RENDER_REVIEWS'] ?? 2)
const FIRST = Number(process.env['OVERLAY_RENDER_REVIEWS_SEED'] ?? 7)

interface Told {
  readonly rule: string
  readonly message: string
}

/** The findings of a review, one for each overlay that has it. */
function toldBy({ findings, overlays }: Pick<Review, 'findings' | 'overlays'>): string[] {
  const line = ({ rule, message }: Told, overlay: string): string => `${rule} ${overlay}: ${message}`
  const elsewhere = findings.flatMap((finding) =>
    (finding.overlays.length === 0 ? [''] : finding.overlays).map((overlay) => line(finding, overlay)),
  )
  return [
    ...elsewhere,
    ...overlays.flatMap(({ overlay, findings: own }) => own.map((one) => line(one, overlay))),
  ].sort()
}

/** A review without what differs between two runs. */
function comparable(review: Review): unknown {
  return JSON.parse(
    JSON.stringify({
      ...review,
      overlays: review.overlays.map(({ golden: _golden, fault, faultBefore, ...rest }) => ({
        ...rest,
        fault: fault?.message,
        faultBefore: faultBefore?.message,
      })),
    }),
  )
}

test.each(Array.from({ length: COUNT }, (_, index) => FIRST + index))(
  'a review finds what check finds, and so do its merged parts: workspace %i',
  async (seed) => {
    const workspace = new GeneratedWorkspace(seededDraw(seed))
    workspace.change()
    const cache = layTree({})
    const open = async () =>
      openWorkspace(workspace.folder, { cache: new RenderCache({ folder: join(cache, 'renders') }) })
    const opened = await open()
    const names = opened.overlays.map(({ name }) => name)
    const whole = await opened.review('HEAD')
    const checked = await (await open()).check(names, { base: 'HEAD' })
    const checkedFindings = checked.filter(({ rule }) => rule !== 'not-rendered')
    expect(toldBy(whole), 'review and check').toEqual(toldBy({ findings: checkedFindings, overlays: [] }))
    for (let count = 1; count <= 5; count++) {
      const parts: NamedPart[] = []
      for (let index = 1; index <= count; index++) {
        const review = await (await open()).review('HEAD', { shard: { index, count } })
        parts.push({ file: `part-${index}`, shard: { index, count }, review, jobs: undefined })
      }
      const { review } = mergeReviewParts(parts)
      expect(comparable(review), `${count} parts`).toEqual(comparable(whole))
    }
  },
  240_000,
)
