import { join } from 'node:path'

import { openWorkspace, type Workspace } from '@overlay-render/render'
import { formatPosition } from '@overlay-render/system'
import { describe, expect, test } from 'vitest'

import { pick, seededDraw } from '../../differential/draw.ts'
import { KUSTOM, PROW, trees } from '../../support/corpus-by-hand.ts'
import { skipReason } from '../../support/needs.ts'
import { copyWorkspace } from '../../support/workspace-copy.ts'
import { changePlace } from './change-place.ts'
import { type Leaf, leavesOf, renderLeaves } from './corpus-leaves.ts'

/** `OVERLAY_RENDER_EXPLAIN_LEAVES=100` tests more leaves, `OVERLAY_RENDER_EXPLAIN_SEED` sets a different seed. */
const LEAVES = Number(process.env['OVERLAY_RENDER_EXPLAIN_LEAVES'] ?? 10)
const SEED = Number(process.env['OVERLAY_RENDER_EXPLAIN_SEED'] ?? 1)
/** The number of other scalars to change. */
const OTHERS = 20

const WORKSPACES = [
  [
    trees.kubevirt2026,
    KUSTOM,
    'kubevirt-2026.yaml',
    ['kubevirt-prow-control-plane', 'prow-workloads', 'kubevirtci-testing'],
  ],
  [trees.kubevirt2021, KUSTOM, 'kubevirt-2021.yaml', ['workloads-production']],
  [trees.metal3, PROW, 'metal3-2026.yaml', ['metal3', 'capo-cluster']],
] as const

/** Every leaf of an overlay, except identity fields and Secrets. */
async function allLeaves(workspace: Workspace, overlay: string): Promise<Leaf[]> {
  const explain = await workspace.explainer(overlay)
  const { resources } = await workspace.render(overlay, { secrets: 'stub' })
  return resources
    .filter(({ id }) => id.kind !== 'Secret')
    .flatMap(({ id }) => {
      const name = [id.kind, id.namespace, id.name].filter((part) => part !== '').join('/')
      const paths = id.kind === 'ConfigMap' ? ['.data', FILES] : ['.']
      return withoutWhole(
        paths.flatMap((path) => leavesOf(overlay, explain(name, path, Number.POSITIVE_INFINITY))),
      )
    })
}

/** The contents of the files of a ConfigMap. The metadata keeps the result from being empty. */
const FILES = '.metadata, (.data[] | select(kind == "map" or kind == "seq") | .[])'

/** Drops the text of a whole file where the leaves inside it are listed too. */
function withoutWhole(leaves: readonly Leaf[]): Leaf[] {
  const paths = leaves.map(({ explained }) => explained.path)
  return leaves.filter(
    ({ explained: { path } }) => !paths.some((other) => other !== path && other.startsWith(path)),
  )
}

function placeOf({ explained }: Leaf): string {
  const position = explained.steps.at(-1)?.position
  return position === undefined ? 'nowhere' : formatPosition(position)
}

const skipped = skipReason('corpus', 'kustomize')
describe.skipIf(skipped !== '')(`explain names the position that sets a value${skipped}`, () => {
  test.each(WORKSPACES)(
    '%s %s',
    async (tree, folder, config, overlays) => {
      const copy = await copyWorkspace(tree, folder, join(import.meta.dirname, '../config', config))
      const draw = seededDraw(SEED)
      const wrong: string[] = []
      try {
        const workspace = await openWorkspace(copy.folder)
        for (const overlay of overlays) {
          const leaves = await allLeaves(workspace, overlay)
          const before = await renderLeaves(workspace, overlay)
          for (let count = 0; count < Math.ceil(LEAVES / overlays.length / 2); count++) {
            const leaf = pick(draw, leaves)
            const others = Array.from({ length: OTHERS }, () => pick(draw, leaves)).filter(
              (other) => placeOf(other) !== placeOf(leaf),
            )
            for (const [changed, isOwn] of [
              [[leaf], true],
              [others, false],
            ] as const) {
              const said = await judge(workspace, leaf, { changed, isOwn, before })
              if (said !== undefined)
                wrong.push(`${leaf.resource} ${leaf.explained.path} at ${placeOf(leaf)}: ${said}`)
            }
          }
        }
      } finally {
        await copy.dispose()
      }
      expect(wrong).toEqual([])
    },
    1_800_000,
  )
})

interface Trial {
  readonly changed: readonly Leaf[]
  /** Whether the changed position is the leaf's own. */
  readonly isOwn: boolean
  readonly before: (leaf: Leaf) => string
}

/** Changes positions, renders, and returns a message if the result contradicts `explain`. */
async function judge(
  workspace: Workspace,
  leaf: Leaf,
  { changed, isOwn, before }: Trial,
): Promise<string | undefined> {
  const changes = changed.map(({ explained }) => {
    const last = explained.steps.at(-1)
    return last?.position && changePlace(workspace.folder, last.position, last.value)
  })
  try {
    if (isOwn && changes[0] === undefined) return 'the value is not written there'
    const now = (await renderLeaves(workspace, leaf.overlay))(leaf)
    if (isOwn && now === before(leaf)) return 'it was changed, and the value is the same'
    if (!isOwn && now !== before(leaf)) return `others were changed, and it is ${now}`
    return undefined
  } catch (error) {
    return `the overlay cannot be rendered any more: ${String(error)}`
  } finally {
    for (const change of changes.toReversed()) change?.undo()
  }
}
