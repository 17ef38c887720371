import { availableParallelism } from 'node:os'

import { Fault, throwIfAborted } from '@overlay-render/system'

import type { Overlay } from './overlays.ts'
import type { PipelineContext, RenderAllOptions } from './pipeline.ts'
import { renderOverlay, renderOverlayConfigs } from './render-overlay.ts'
import type { Rendered, RenderedConfigs, RenderResult } from './rendered.ts'

/**
 * Renders several overlays, `jobs` at a time (as many as there are cores when absent), and returns what became
 * of each in the order given. A fault of one overlay does not stop the others.
 */
export async function renderOverlays(
  context: PipelineContext,
  overlays: readonly Overlay[],
  options: RenderAllOptions,
): Promise<RenderResult[]> {
  const jobs = Math.min(options.jobs ?? availableParallelism(), Math.max(overlays.length, 1))
  const results: RenderResult[] = []
  const queue = overlays.entries()
  const work = async (): Promise<void> => {
    for (const [index, overlay] of queue) {
      throwIfAborted(options.signal)
      results[index] = await settle(overlay.name, () =>
        options.configsOnly
          ? renderOverlayConfigs(context, overlay, { ...options, jobs })
          : renderOverlay(context, overlay, { ...options, jobs }),
      )
    }
  }
  await Promise.all(Array.from({ length: jobs }, work))
  return results
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
