import { type BuildCheck, buildFacts } from '@overlay-render/check'
import type { BuildInputs } from '@overlay-render/kustomize'
import { Fault } from '@overlay-render/system'

import { StagedSources } from '../explain/staged-sources.ts'
import { makeToUser } from '../explain/user-positions.ts'
import type { Overlay } from '../overlays.ts'
import type { PipelineContext, RenderOptions } from '../pipeline-context.ts'
import type { TracedRender } from '../pipeline.ts'
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
 * One more build of what was rendered, that tells what each step of it did; undefined where it cannot be made any more, and for a folder
 * of plain manifests.
 */
export async function traceRendered(
  context: PipelineContext,
  overlay: Overlay,
  rendered: Rendered,
  options: Pick<RenderOptions, 'jobs' | 'signal'>,
): Promise<TracedRender | undefined> {
  if (overlay.layout.kind === 'folder') return undefined
  try {
    return await traceOverlay(context, overlay, options, rendered.manifests)
  } catch (error) {
    // What keeps it from being built is a finding of its own.
    if (error instanceof Fault && error.code !== 'aborted') return undefined
    throw error
  }
}

/** What rules look at of a traced build; undefined where that build did something else. */
export function buildCheck(
  context: PipelineContext,
  overlay: Overlay,
  { trace, stage, inputs, rendered }: TracedRender,
): BuildCheck | undefined {
  const toUser = makeToUser(inputs.graph, new StagedSources(stage, overlay.folder, context.shown))
  const ids = rendered.resources.map(({ id }) => id)
  return buildFacts(overlay.name, trace, ids, toUser)
}
