import { type BuildCheck, buildFacts } from '@overlay-render/check'
import type { BuildInputs } from '@overlay-render/kustomize'
import { Fault } from '@overlay-render/system'

import { StagedSources } from '../explain/staged-sources.ts'
import { makeToUser } from '../explain/user-positions.ts'
import type { Overlay } from '../overlays.ts'
import type { PipelineContext } from '../pipeline-context.ts'
import { traceOverlay } from '../render-overlay.ts'
import type { Rendered } from '../rendered.ts'

/** What a kustomization must hold for a rule about builds to have something to say. */
const STEPS = /patch|image|replacements/iu

/** Whether any kustomization of an overlay has a step that rules about builds look at. */
export function hasSteps({ graph, view }: BuildInputs): boolean {
  const kustomizations = graph.files.filter(({ role }) => role === 'kustomization')
  return kustomizations.some(({ real }) => STEPS.test(Buffer.from(view.readFile(real)).toString('utf8')))
}

/**
 * What rules about the build of an overlay look at, from one more build of what was rendered; nothing where that build did
 * something else, or cannot be made any more. A folder of plain manifests has no steps.
 */
export async function buildChecks(
  context: PipelineContext,
  overlay: Overlay,
  rendered: Rendered,
  signal: AbortSignal | undefined,
): Promise<BuildCheck[]> {
  const ids = rendered.resources.map(({ id }) => id)
  if (overlay.layout.kind === 'folder')
    return [{ overlay: overlay.name, patches: [], images: [], replacements: [], ids }]
  try {
    const { trace, stage, inputs } = await traceOverlay(context, overlay, { signal }, rendered.manifests)
    const toUser = makeToUser(inputs.graph, new StagedSources(stage, overlay.folder, context.shown))
    return [buildFacts(overlay.name, trace, ids, toUser)].flatMap((facts) => facts ?? [])
  } catch (error) {
    // What keeps it from being built is a finding of its own.
    if (error instanceof Fault && error.code !== 'aborted') return []
    throw error
  }
}
