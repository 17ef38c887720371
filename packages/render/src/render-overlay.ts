import { cachedConfigs, cachedInputs, cachedRender } from './cache/cached-render.ts'
import type { Overlay } from './overlays.ts'
import type { PipelineContext, RenderOptions, SecretOptions } from './pipeline-context.ts'
import type { OverlayInputs } from './overlay-inputs.ts'
import type { TracedRender } from './pipeline.ts'
import type { CallOptions } from './progress.ts'
import type { Rendered, RenderedConfigs } from './rendered.ts'
import type { SecretFile } from './secret-step.ts'
import { leaseEngine } from './templates/shared-engine.ts'

/**
 * The entry points of the pipeline. Each looks in the cache first; the pipeline and its YAML parsers are loaded only when it has to
 * run.
 */

/** Renders one overlay. */
export async function renderOverlay(
  context: PipelineContext,
  overlay: Overlay,
  options: RenderOptions,
): Promise<Rendered> {
  return cachedRender(context, overlay, options, async (given) => {
    const engine = leaseEngine(context, overlay)
    try {
      await engine?.started
      const { renderOverlay: render } = await import('./pipeline.ts')
      return await render(context, overlay, {
        ...given,
        onBuilding() {
          // The templates are rendered: the thread ends while kustomize runs.
          engine?.release()
          given.onBuilding?.()
        },
      })
    } finally {
      engine?.release()
    }
  })
}

/** The configs of an overlay, without kustomize. */
export async function renderOverlayConfigs(
  context: PipelineContext,
  overlay: Overlay,
  options: RenderOptions,
): Promise<RenderedConfigs> {
  return cachedConfigs(context, overlay, options, async (given) =>
    (await import('./pipeline.ts')).renderOverlayConfigs(context, overlay, given),
  )
}

/** What a render of an overlay with stub secrets reads, without running kustomize. */
export async function observeOverlay(
  context: PipelineContext,
  overlay: Overlay,
  options: CallOptions,
): Promise<OverlayInputs> {
  return cachedInputs(context, overlay, options, async (given) =>
    (await import('./overlay-inputs.ts')).observeOverlay(context, overlay, given),
  )
}

/** Every secret file that an overlay needs, and whether it exists. */
export async function listOverlaySecrets(
  context: PipelineContext,
  overlay: Overlay,
  options: SecretOptions,
): Promise<SecretFile[]> {
  return (await import('./overlay-inputs.ts')).listOverlaySecrets(context, overlay, options)
}

/** Renders one overlay with stub secrets, and builds it again to trace each step. Nothing of that is cached. */
export async function traceOverlay(
  context: PipelineContext,
  overlay: Overlay,
  options: RenderOptions,
  made?: Uint8Array,
): Promise<TracedRender> {
  return (await import('./pipeline.ts')).traceOverlay(context, overlay, options, made)
}
