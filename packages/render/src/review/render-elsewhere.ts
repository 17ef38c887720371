import type { CheckPreparation } from '../check/check-preparation.ts'
import { DEFINITION, EMBEDDED, textOf } from '../check/hidden-facts.ts'
import type { OverlaySources } from '../check/overlay-sources.ts'
import { mayBringFindings, type SharedFacts } from '../check/shared-facts.ts'
import type { CallOptions } from '../progress.ts'
import type { RenderResult } from '../rendered.ts'
import type { Affected } from './affected.ts'
import type { BaseSide, ReviewSide } from './review-side.ts'

/** The overlays of a review, by what this part does with them. */
export interface Reviewed {
  /** The names of the overlays that the change cannot affect. */
  readonly unaffected: readonly string[]
  /** The affected overlays that other parts render. */
  readonly others: readonly Affected[]
  /** The renders of the overlays in this part before the change, by name. */
  readonly was: ReadonlyMap<string, RenderResult>
  readonly is: ReadonlyMap<string, RenderResult>
}

/**
 * Renders of the overlays that the change does not affect, if what their findings depend on changed in any affected overlay of the whole
 * review. They are the same on both sides.
 */
export async function renderElsewhere(
  before: BaseSide,
  after: ReviewSide,
  { unaffected, others, was, is }: Reviewed,
  options: CallOptions,
): Promise<RenderResult[]> {
  if (unaffected.length === 0) return []
  const prepare = async (side: ReviewSide): Promise<CheckPreparation> =>
    side.prepareCheck([], { ...options, only: new Set() })
  const prepared = { was: await before.settle(async () => prepare(before)), is: await prepare(after) }
  const redefining = await before.settle(async () =>
    others.filter(
      (one) => mayRedefine(one, prepared.was, before.shown) || mayRedefine(one, prepared.is, after.shown),
    ),
  )
  const redefined = new Set(redefining.map(({ overlay }) => overlay))
  const factsOf = async (
    side: ReviewSide,
    ready: CheckPreparation,
    results: Iterable<RenderResult>,
  ): Promise<SharedFacts> => {
    const there = others.map(({ overlay }) => overlay).filter((name) => ready.sources.has(name))
    const more = await side.renderFacts(there, ready, {
      ...options,
      defines: (name) => redefined.has(name),
    })
    const all = [...results, ...more].sort((a, b) => (a.overlay < b.overlay ? -1 : 1))
    return side.sharedFacts(all, ready)
  }
  const facts = {
    was: await before.settle(async () => factsOf(before, prepared.was, was.values())),
    is: await factsOf(after, prepared.is, is.values()),
  }
  if (!mayBringFindings(facts.was, facts.is)) return []
  return after.renderAll(unaffected, { ...options, secrets: 'stub' })
}

/**
 * Whether the change may affect the CustomResourceDefinitions in an overlay. It does not if only embedded files, base configs, scripts
 * and resources that define no kind have other texts.
 *
 * @param shown formats a path as the reasons have it
 */
function mayRedefine(
  { overlay: name, change, reasons }: Affected,
  { sources }: CheckPreparation,
  shown: (path: string) => string,
): boolean {
  const own = sources.get(name)
  if (own === undefined) return false
  if (change !== 'changed' || own.overlay.layout.kind === 'folder') return true
  const harmless = harmlessFiles(own, shown)
  return reasons.some(({ kind, path }) => kind !== 'changed' || !harmless.has(path))
}

function harmlessFiles(
  { graph, view, read }: OverlaySources,
  shown: (path: string) => string,
): ReadonlySet<string> {
  const plain = graph.files.filter(
    ({ role, real }) =>
      EMBEDDED.has(role) || (role === 'resource' && !textOf(view, real).includes(DEFINITION)),
  )
  return new Set([...read, ...plain.map(({ real }) => real)].map(shown))
}
