import { Fault, throwIfAborted } from '@overlay-render/system'

import { defaultJobs } from './default-jobs.ts'
import { inPool } from './in-pool.ts'
import type { Overlay } from './overlays.ts'
import type { PipelineContext, RenderAllOptions } from './pipeline-context.ts'
import type { Progress } from './progress.ts'
import { renderOverlay, renderOverlayConfigs } from './render-overlay.ts'
import type { Rendered, RenderedConfigs, RenderResult } from './rendered.ts'

/**
 * Renders several overlays, `jobs` at the same time (by default as many as cores and memory allow), and returns the results in the
 * given order. A fault of one overlay does not stop the others.
 */
export async function renderOverlays(
  context: PipelineContext,
  overlays: readonly Overlay[],
  { jobs: wanted, onProgress, ...rest }: RenderAllOptions,
): Promise<RenderResult[]> {
  const jobs = Math.min(wanted ?? defaultJobs(), Math.max(overlays.length, 1))
  let finished = 0
  const tell = ({ overlay, step }: Progress): void => {
    const batch = overlays.length > 1 ? { finished, all: overlays.length } : undefined
    onProgress?.({ overlay, step, batch })
  }
  const options = { ...rest, jobs, onProgress: tell }
  const render = async (overlay: Overlay): Promise<RenderResult> => {
    throwIfAborted(options.signal)
    const result = await settle(overlay.name, () =>
      options.configsOnly
        ? renderOverlayConfigs(context, overlay, options)
        : renderOverlay(context, overlay, options),
    )
    finished++
    tell({ overlay: overlay.name, step: 'done' })
    return result
  }
  const all = async (): Promise<RenderResult[]> => inPool(overlays, jobs, render)
  return overlays.length > 1 ? context.templates.keep(all) : all()
}

async function settle(
  overlay: string,
  work: () => Promise<Rendered | RenderedConfigs>,
): Promise<RenderResult> {
  try {
    return { overlay, rendered: await work() }
  } catch (error) {
    if (error instanceof Fault && error.code !== 'aborted') return { overlay, fault: error }
    throw error
  }
}
