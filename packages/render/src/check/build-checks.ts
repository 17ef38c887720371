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

/** A kustomization without a match has no step that a rule about builds checks. */
const STEPS = /patch|image|replacements/iu

/** Whether a kustomization of the overlay has a step that rules about builds check. */
export function hasSteps({ graph, view }: BuildInputs): boolean {
  const kustomizations = graph.files.filter(({ role }) => role === 'kustomization')
  return kustomizations.some(({ real }) => STEPS.test(Buffer.from(view.readFile(real)).toString('utf8')))
}

/**
 * Builds a rendered overlay again and records what each step did. Undefined when it can no longer be built, and for a folder of
 * plain manifests.
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
    // A failed build is a finding of its own; a full disk must not hide findings.
    if (error instanceof Fault && error.code !== 'aborted' && error.blame === 'input') return undefined
    throw error
  }
}

/** What the rules about builds check; undefined when the traced build gave other manifests. */
export function buildCheck(
  context: PipelineContext,
  overlay: Overlay,
  { trace, stage, inputs, rendered }: TracedRender,
): BuildCheck | undefined {
  const toUser = makeToUser(inputs.graph, new StagedSources(stage, overlay.folder, context.shown))
  const ids = rendered.resources.map(({ id }) => id)
  return buildFacts(overlay.name, trace, ids, toUser)
}
