import type { BuildCheck } from '@overlay-render/check'
import { diffManifests, type DiffRules, type ManifestDiff } from '@overlay-render/golden'
import { describePin, KustomizeFault } from '@overlay-render/kustomize'
import { Fault } from '@overlay-render/system'

import { compareSelections, type SelectionChange } from './pin-selections.ts'
import type { RenderOptions } from './pipeline-context.ts'
import type { CallOptions } from './progress.ts'
import type { Rendered } from './rendered.ts'
import type { WorkspaceConfig } from './workspace-config.ts'

/** The build of an overlay with one of two pins. */
type PinOutcome = BuiltOverlay | { readonly fault: Fault }

interface BuiltOverlay {
  readonly objects: Rendered['objects']
  readonly steps: BuildCheck | undefined
}

/** What another pin would change in one overlay. */
export type PinComparison =
  | {
      readonly overlay: string
      readonly outcome: 'compared'
      readonly diff: ManifestDiff
      /** Undefined when a traced build gives other manifests than the real one: then the selections are unknown. */
      readonly selections: readonly SelectionChange[] | undefined
    }
  /** At least one of the two pins failed to build it. */
  | {
      readonly overlay: string
      readonly outcome: 'not-built'
      readonly before: Fault | undefined
      readonly after: Fault | undefined
    }

/** What a comparison needs of a workspace that is opened with a pin. */
interface PinnedWorkspace {
  readonly config: WorkspaceConfig
  kustomize(options: CallOptions): Promise<unknown>
  render(overlay: string, options: RenderOptions): Promise<Rendered>
  /** What each step of the build did, from another build of the rendered overlay; undefined when that is unknown. */
  steps(rendered: Rendered, options: CallOptions): Promise<BuildCheck | undefined>
}

/**
 * Builds overlays with two pins, and returns what differs in each, and which of its patches select more or fewer resources.
 *
 * @throws KustomizeFault `pin-invalid`, and `pin-not-met` when one of the programs is missing
 */
export async function comparePins(
  openWith: (pin: string) => Promise<PinnedWorkspace>,
  [before, after]: readonly [string, string],
  overlays: readonly string[],
  options: CallOptions,
): Promise<PinComparison[]> {
  const open = async (pin: string): Promise<PinnedWorkspace> => {
    const workspace = await openWith(pin)
    try {
      await workspace.kustomize(options)
    } catch (error) {
      throw error instanceof KustomizeFault && error.code === 'pin-not-met'
        ? notFound(error, workspace)
        : error
    }
    return workspace
  }
  const [a, b] = [await open(before), await open(after)]
  const comparisons: PinComparison[] = []
  for (const overlay of overlays) {
    const build = async (workspace: PinnedWorkspace): Promise<PinOutcome> =>
      settle(buildOverlay(workspace, overlay, options))
    comparisons.push(compareOutcomes(overlay, await build(a), await build(b), b.config.golden.rules))
  }
  return comparisons
}

/** What is compared need not be the pin of the workspace, which alone is installed by a command. */
function notFound(fault: KustomizeFault, { config }: PinnedWorkspace): KustomizeFault {
  const { pin } = config.kustomize
  return fault.with({
    message: `${describePin(pin)} was not found`,
    hint: `put it on PATH, where every ${pin.program} is tried; or pin it in overlay-render.yaml, and install it from there`,
  })
}

async function buildOverlay(
  workspace: PinnedWorkspace,
  overlay: string,
  options: CallOptions,
): Promise<BuiltOverlay> {
  const rendered = await workspace.render(overlay, { ...options, secrets: 'stub' })
  return { objects: rendered.objects, steps: await workspace.steps(rendered, options) }
}

function compareOutcomes(
  overlay: string,
  before: PinOutcome,
  after: PinOutcome,
  rules: DiffRules,
): PinComparison {
  if ('fault' in before || 'fault' in after) {
    return { overlay, outcome: 'not-built', before: faultOf(before), after: faultOf(after) }
  }
  const file = `${overlay} (rendered)`
  return {
    overlay,
    outcome: 'compared',
    diff: diffManifests(before.objects.named(file), after.objects.named(file), rules),
    selections:
      before.steps === undefined || after.steps === undefined
        ? undefined
        : compareSelections(before.steps, after.steps),
  }
}

function faultOf(outcome: PinOutcome): Fault | undefined {
  return 'fault' in outcome ? outcome.fault : undefined
}

async function settle(rendering: Promise<BuiltOverlay>): Promise<PinOutcome> {
  try {
    return await rendering
  } catch (error) {
    if (error instanceof Fault && error.code !== 'aborted') return { fault: error }
    throw error
  }
}
