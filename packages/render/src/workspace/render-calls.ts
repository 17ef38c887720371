import { Tree } from '@overlay-render/system'

import { type WrittenFile, writeInPlace, writeRendered } from '../outputs.ts'
import { type Overlay, pickOverlay, requireSome } from '../overlays.ts'
import type { RenderAllOptions, RenderOptions, SecretOptions } from '../pipeline-context.ts'
import { renderOverlays } from '../render-all.ts'
import { listOverlaySecrets, renderOverlay, renderOverlayConfigs } from '../render-overlay.ts'
import type { RenderResult, Rendered, RenderedConfigs } from '../rendered.ts'
import type { SecretFile } from '../secret-step.ts'
import type { Calls } from './calls.ts'

/** Rendering, and writing the result. */
export interface RenderCalls {
  /** The overlay of that name or path. @throws RenderFault `overlay-unknown` with the nearest names, or `overlay-ambiguous` */
  overlay(name: string): Overlay

  /**
   * The names of all overlays.
   *
   * @throws RenderFault `overlays-unmatched` when there is none
   */
  allOverlays(): string[]

  /** Renders one overlay. Nothing is written. */
  render(name: string, options?: RenderOptions): Promise<Rendered>

  /** Makes the configs of one overlay, without kustomize. Nothing is written. */
  renderConfigs(name: string, options?: RenderOptions): Promise<RenderedConfigs>

  /**
   * Renders several overlays, `jobs` at the same time (by default as many as cores and memory allow), and returns the results in
   * the order of `names`. A fault of one overlay does not stop the others.
   */
  renderAll(names: readonly string[], options?: RenderAllOptions): Promise<RenderResult[]>

  /**
   * Every secret file that an overlay needs, and whether it exists. Contents are not read. With `write`, the secret files of
   * templates are made in a stage with real secrets.
   */
  secrets(name: string, options?: SecretOptions): Promise<SecretFile[]>

  /** The files that a render with stub secrets may read: only the tracked tree. */
  trackedTree(): Promise<Tree>

  /**
   * Writes a render to `<out>/<overlay>/`; `out` is the workspace's `rendered` folder when absent.
   *
   * @throws SystemFault `link-in-output`, `not-writable` or `disk-full`
   */
  writeRendered(
    rendered: Rendered | RenderedConfigs,
    options?: { out?: string | undefined },
  ): Promise<WrittenFile[]>

  /** Writes the configs into the overlay's own `configs/` folder, as KubeVirt's script did. */
  writeInPlace(rendered: RenderedConfigs): Promise<WrittenFile[]>
}

/** @internal Makes the calls of `RenderCalls`. */
export function renderCalls({ context, own }: Calls): RenderCalls {
  return {
    overlay(name) {
      return pickOverlay(context.overlays, name)
    },
    allOverlays() {
      requireSome(context)
      return context.overlays.map(({ name }) => name)
    },
    async render(name, options = {}) {
      return renderOverlay(context, own().overlay(name), options)
    },
    async renderConfigs(name, options = {}) {
      return renderOverlayConfigs(context, own().overlay(name), options)
    },
    async renderAll(names, options = {}) {
      return renderOverlays(
        context,
        names.map((name) => own().overlay(name)),
        options,
      )
    },
    async secrets(name, options = {}) {
      return listOverlaySecrets(context, own().overlay(name), options)
    },
    async trackedTree() {
      const { visible, boundary, shown } = context
      return new Tree(await visible.view('stub'), { boundary: boundary.folders, shown })
    },
    async writeRendered(rendered, { out } = {}) {
      return writeRendered(rendered, context, out)
    },
    async writeInPlace(rendered) {
      return writeInPlace(rendered, own().overlay(rendered.overlay).folder, context)
    },
  }
}
