import type { CheckFinding } from '@overlay-render/check'
import {
  diffManifests,
  type GoldenCheck,
  type ManifestDiff,
  type Manifests,
  parseManifests,
} from '@overlay-render/golden'
import { Fault, type Finding, type Observation } from '@overlay-render/system'

import type { WorkspaceGolden } from '../golden-step.ts'
import type { RenderOptions } from '../pipeline-context.ts'
import type { CallOptions } from '../progress.ts'
import { type Rendered, type RenderResult, requireMachine } from '../rendered.ts'
import { type Affected, type AffectedOverlays, findAffected, noteObservations } from './affected.ts'
import { addAffectedGoldens } from './affected-goldens.ts'
import { type FilesInNoOverlay, filesInNoOverlay } from './files-in-no-overlay.ts'
import type { BaseSide, ReviewSide } from './review-side.ts'
import { reviewFindings } from './review-findings.ts'
import { inShard, type Shard } from './shard.ts'

/** Options of a review. */
export interface ReviewOptions extends Pick<RenderOptions, 'signal' | 'onProgress' | 'jobs'> {
  /** The part of the affected overlays to review; all when absent. */
  readonly shard?: Shard | undefined
}

/** The effect of a change on one overlay. */
export interface ReviewedOverlay extends Affected {
  /** The changes to its manifests; undefined when one side cannot be rendered. */
  readonly diff: ManifestDiff | undefined
  /** Why the overlay cannot be rendered after the change. */
  readonly fault: Fault | undefined
  /** Why it could not be rendered before. */
  readonly faultBefore: Fault | undefined
  /** The comparison with its golden; undefined when the workspace has no goldens. */
  readonly golden: Omit<GoldenCheck, 'plan'> | undefined
  /** Why the golden cannot be read. */
  readonly goldenFault: Fault | undefined
  /** The findings that the base lacks. */
  readonly findings: readonly Finding[]
}

/** The effect of a change on a workspace. */
export interface Review extends Omit<AffectedOverlays, 'affected'> {
  readonly revision: string
  /** The names of all overlays that the change can affect, sorted; `overlays` has those of one shard. */
  readonly reached: readonly string[]
  /** The affected overlays, sorted by name. */
  readonly overlays: readonly ReviewedOverlay[]
  /** New findings of no overlay, and of overlays that the change does not affect; only in the first shard, for all shards. */
  readonly findings: readonly CheckFinding[]
  /** The goldens of deleted overlays. */
  readonly orphans: readonly string[]
  /** The changed files that no overlay reads; undefined when git cannot tell, and in all shards but the first. */
  readonly inNoOverlay: FilesInNoOverlay | undefined
  /** Whether someone has to look: at a golden that differs, a new finding, or an overlay that does not render. */
  readonly needsAttention: boolean
}

/** Renders the affected overlays on both sides and compares them, with each other and with the goldens. */
export async function reviewChange(
  before: BaseSide,
  after: ReviewSide,
  { shard, ...options }: ReviewOptions,
): Promise<Review> {
  const isFirst = (shard?.index ?? 1) === 1
  const changed = isFirst ? changedFiles(before, after, options) : Promise.resolve(undefined)
  // git looks at every file, while the rest is done. A fault is told where it is awaited.
  changed.catch(() => undefined)
  const observed = new Map<string, readonly Observation[]>()
  const { affected: all, ...rest } = await before.settle(async () =>
    addAffectedGoldens(await findAffected(before, after, options, observed), before, after),
  )
  const reached = all.map(({ overlay }) => overlay)
  const names = new Set(inShard(reached, shard))
  const affected = all.filter(({ overlay }) => names.has(overlay))
  const was = await before.settle(async () => renderSide(before, affected, 'added', options))
  const is = await renderSide(after, affected, 'removed', options)
  const others = all.filter(({ overlay }) => !names.has(overlay))
  const read = {
    was: await before.settle(async () => observeBefore(before, all, was, options)),
    is: observed,
  }
  const { ofOverlays, elsewhere } = await reviewFindings(
    before,
    after,
    { unaffected: rest.unaffected, others, was, is, observed: read, isFirst },
    options,
  )
  // A change that removes the last golden needs a person, too.
  const keepsGoldens = (await after.golden.isKept()) || (await before.settle(() => before.golden.isKept()))
  const { revision } = before
  const overlays: ReviewedOverlay[] = []
  for (const one of affected) {
    const sides = { was: was.get(one.overlay), is: is.get(one.overlay), revision }
    const findings = ofOverlays.get(one.overlay) ?? []
    overlays.push({ ...(await reviewOverlay(one, sides, after, keepsGoldens)), findings })
  }
  const orphans = await after.golden.orphans()
  const inNoOverlay = await changed.then((files) => files && filesInNoOverlay(files, read, [before, after]))
  const needsAttention = orphans.length > 0 || overlays.some(needsPerson) || elsewhere.some(isSerious)
  return { ...rest, revision, reached, overlays, findings: elsewhere, orphans, inNoOverlay, needsAttention }
}

/** The absolute paths of all files that the change affects, sorted; undefined when git cannot tell. */
async function changedFiles(
  before: BaseSide,
  after: ReviewSide,
  { signal }: CallOptions,
): Promise<string[] | undefined> {
  const [changed, added] = await Promise.all([before.changedFiles(signal), after.added(signal)])
  return changed && [...new Set([...changed, ...added])].sort()
}

/** The renders of the affected overlays on one side, by name. @param skip the change of those that the side does not have */
async function renderSide(
  side: ReviewSide,
  affected: readonly Affected[],
  skip: Affected['change'],
  options: Omit<ReviewOptions, 'shard'>,
): Promise<Map<string, RenderResult>> {
  const wanted = affected.filter(({ change }) => change !== skip).map(({ overlay }) => overlay)
  const results = await side.renderAll(wanted, { ...options, secrets: 'stub' })
  requireMachine(results)
  return new Map(results.map((result) => [result.overlay, result]))
}

/** What the renders of affected overlays read before the change, by name, whether or not this part renders them. */
async function observeBefore(
  before: BaseSide,
  affected: readonly Affected[],
  was: ReadonlyMap<string, RenderResult>,
  options: CallOptions,
): Promise<Map<string, readonly Observation[]>> {
  const observed = new Map<string, readonly Observation[]>()
  for (const { overlay: name } of affected) {
    const rendered = renderedOf(was.get(name))
    const overlay = before.overlays.find((each) => each.name === name)
    if (rendered !== undefined) observed.set(name, rendered.observations)
    else if (overlay !== undefined) await noteObservations(overlay, before, options, observed)
  }
  return observed
}

interface Outcomes {
  /** The base as the user named it. */
  readonly revision: string
  readonly was: RenderResult | undefined
  readonly is: RenderResult | undefined
}

async function reviewOverlay(
  affected: Affected,
  { was, is, revision }: Outcomes,
  { config, golden }: ReviewSide,
  keepsGoldens: boolean,
): Promise<Omit<ReviewedOverlay, 'findings'>> {
  const [earlier, now] = [renderedOf(was), renderedOf(is)]
  const comparable = faultOf(was) === undefined && faultOf(is) === undefined
  return {
    ...affected,
    diff: comparable
      ? diffManifests(
          manifestsOf(earlier, `${revision}:${affected.overlay}`),
          manifestsOf(now, affected.overlay),
          config.golden.rules,
        )
      : undefined,
    fault: faultOf(is),
    faultBefore: faultOf(was),
    ...(now === undefined || !keepsGoldens ? NO_GOLDEN : await compareGolden(golden, now)),
  }
}

function needsPerson({ fault, golden, goldenFault, findings }: ReviewedOverlay): boolean {
  return (fault ?? goldenFault) !== undefined || golden?.differs === true || findings.some(isSerious)
}

function isSerious({ severity }: Finding): boolean {
  return severity !== 'info'
}

type GoldenOutcome = Pick<ReviewedOverlay, 'golden' | 'goldenFault'>

const NO_GOLDEN: GoldenOutcome = { golden: undefined, goldenFault: undefined }

async function compareGolden(golden: WorkspaceGolden, rendered: Rendered): Promise<GoldenOutcome> {
  try {
    return { golden: await golden.compare(rendered), goldenFault: undefined }
  } catch (error) {
    if (error instanceof Fault) return { golden: undefined, goldenFault: error }
    throw error
  }
}

function renderedOf(result: RenderResult | undefined): Rendered | undefined {
  return result !== undefined && 'rendered' in result && 'manifests' in result.rendered
    ? result.rendered
    : undefined
}

function faultOf(result: RenderResult | undefined): Fault | undefined {
  return result !== undefined && 'fault' in result ? result.fault : undefined
}

/** An overlay that does not exist has no resources. */
function manifestsOf(rendered: Rendered | undefined, file: string): Manifests {
  return rendered?.objects.named(file) ?? parseManifests('', { file })
}
