import { baselineKey, type CheckFinding, newFindings } from '@overlay-render/check'

import type { BaseSide } from '../review/review-side.ts'
import type { CheckOptions } from './check-workspace.ts'

/** The findings that the base lacks, compared by rule, overlay and object. */
export async function findNew(
  findings: readonly CheckFinding[],
  before: BaseSide,
  names: readonly string[],
  { signal, rules }: CheckOptions,
): Promise<CheckFinding[]> {
  const found = await before.settle(async () => {
    const there = names.filter((name) => before.overlays.some((overlay) => overlay.name === name))
    const results = await before.renderAll(there, { secrets: 'stub', signal })
    const only = new Set(findings.map(({ rule }) => rule))
    const ofJobs = { overlay: undefined, findings: await before.assertJobs() }
    return [...(await before.check(results, { signal, rules, only, compared: true })), ofJobs]
  })
  const known = new Set(
    found.flatMap(({ overlay, findings: own }) => own.map((finding) => baselineKey(finding, overlay ?? ''))),
  )
  return newFindings(findings, known)
}
