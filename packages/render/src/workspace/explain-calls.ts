import type { Explain, Explanation } from '../explain/explanation.ts'
import type { TracedRender } from '../pipeline.ts'
import type { CallOptions } from '../progress.ts'
import { traceOverlay } from '../render-overlay.ts'
import type { WatchOptions } from '../watch/watch-overlays.ts'
import type { Calls } from './calls.ts'

/** Where values come from, and re-rendering when files change. */
export interface ExplainCalls {
  /**
   * Where a resource of an overlay comes from, and each step that touched it; with a path in yq's language, which steps set each
   * value. Rendered with stub secrets; values of Secrets are not shown.
   *
   * @throws RenderFault `resource-unknown`, `resource-ambiguous`, `path-invalid` or `path-unknown`
   */
  explain(name: string, resource: string, path?: string, options?: CallOptions): Promise<Explanation>

  /** Explains any number of resources and paths of one overlay, which is rendered once. */
  explainer(name: string, options?: CallOptions): Promise<Explain>

  /** Renders one overlay with stub secrets, and builds it again to trace each step. */
  traced(name: string, options?: CallOptions): Promise<TracedRender>

  /** Renders overlays now and on every change of a file that they read, with stub secrets by default, until `signal` fires. */
  watch(names: readonly string[], options: WatchOptions): Promise<void>
}

/** @internal Makes the calls of `ExplainCalls`. */
export function explainCalls({ context, opening, own }: Calls): ExplainCalls {
  return {
    async explain(name, resource, path, options = {}) {
      return (await own().explainer(name, options))(resource, path)
    },
    async explainer(name, options = {}) {
      const { explainResource } = await import('../explain/explain-overlay.ts')
      const overlay = own().overlay(name)
      const traced = await own().traced(overlay.name, options)
      const { shown } = context
      return (resource, path, most) =>
        explainResource(traced, resource, path, { folder: overlay.folder, shown, most })
    },
    async traced(name, options = {}) {
      return traceOverlay(context, own().overlay(name), options)
    },
    async watch(names, options) {
      const { watchOverlays } = await import('../watch/watch-overlays.ts')
      return watchOverlays(() => opening.open({}), names, options)
    },
  }
}
