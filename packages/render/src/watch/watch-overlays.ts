import { join } from 'node:path'

import { type DiffRules, diffManifests, type ManifestDiff } from '@overlay-render/golden'
import { Fault } from '@overlay-render/system'

import type { OpenedWorkspace } from '../opened-workspace.ts'
import type { RenderAllOptions } from '../pipeline-context.ts'
import type { Rendered, RenderResult } from '../rendered.ts'
import { CONFIG_FILE } from '../workspace-config.ts'
import { PendingChanges } from './pending-changes.ts'
import type { WatchControl } from './watch-control.ts'

/** One render of every watched overlay. */
export interface WatchRound {
  /** The time at which it ended. */
  readonly at: Date
  /** The absolute paths of the changed files, sorted; empty for the first round and for a requested one. */
  readonly changed: readonly string[]
  /** In the order of the given names. */
  readonly overlays: readonly WatchedOverlay[]
}

/** The result for one watched overlay in a round. */
export type WatchedOverlay = WatchedRender | WatchedFailure

/** A watched overlay that was rendered. */
export interface WatchedRender {
  readonly overlay: string
  readonly rendered: Rendered
  /** The changes since the last successful render; undefined for the first. */
  readonly diff: ManifestDiff | undefined
  /** The changes since the first successful render. */
  readonly sinceStart: () => ManifestDiff
  /** Whether the previous round failed for this overlay. */
  readonly isMended: boolean
}

/** A watched overlay that could not be rendered. */
export interface WatchedFailure {
  readonly overlay: string
  readonly fault: Fault
}

/** Options of a watch. */
export interface WatchOptions extends Omit<RenderAllOptions, 'configsOnly' | 'resources'> {
  /** Called when a round starts, with the changed files. */
  readonly onStart?: (changed: readonly string[]) => void
  readonly onRound: (round: WatchRound) => void
  readonly control?: WatchControl
}

/**
 * Renders overlays now and each time a file that one of them reads changes, appears or disappears. Secrets are stubs by default.
 * Ends when `signal` fires.
 *
 * @param open opens the workspace again, since its configuration may have changed
 * @throws Fault when the workspace cannot be opened at first; later that is the fault of each overlay
 */
export async function watchOverlays(
  open: () => Promise<OpenedWorkspace>,
  names: readonly string[],
  { onStart, onRound, control, ...options }: WatchOptions,
): Promise<void> {
  const { watch } = await import('chokidar')
  const workspace = await open()
  let watched = names.map((name) => workspace.overlay(name).name)
  const folders = (): string[] => watched.map((name) => workspace.overlay(name).folder)
  // These are watched even if a render fails and its inputs are unknown.
  const watcher = watch([join(workspace.folder, CONFIG_FILE), ...folders()], { ignoreInitial: true })
  const pending = new PendingChanges(watcher, options.signal)
  control?.onRequest((request) => {
    if (request === 'all') {
      watched = workspace.overlays.map(({ name }) => name)
      watcher.add(folders())
    }
    pending.wake()
  })
  const history = new RenderHistory()
  try {
    await new Promise<void>((resolve) => watcher.once('ready', resolve))
    let changed: readonly string[] = []
    while (!options.signal?.aborted) {
      onStart?.(changed)
      const { results, rules } = await renderRound(open, watched, options)
      const overlays = results.map((result) => history.add(result, rules))
      for (const result of overlays) if ('rendered' in result) watcher.add([...result.rendered.inputs])
      if (!options.signal?.aborted) onRound({ at: new Date(), changed, overlays })
      changed = await pending.take()
    }
  } finally {
    await watcher.close()
  }
}

interface RoundResult {
  readonly results: readonly RenderResult[]
  readonly rules: DiffRules
}

/** Renders a round. If the workspace cannot be opened, that is the fault of each overlay. */
async function renderRound(
  open: () => Promise<OpenedWorkspace>,
  names: readonly string[],
  options: RenderAllOptions,
): Promise<RoundResult> {
  try {
    const workspace = await open()
    const results = await workspace.renderAll(names, { secrets: 'stub', ...options })
    return { results, rules: workspace.config.golden.rules }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    // If the signal fired, the loop ends without showing this.
    return { results: names.map((overlay) => ({ overlay, fault: error })), rules: {} }
  }
}

/** The first and the last successful render of each overlay, and which overlays failed last. */
class RenderHistory {
  readonly #first = new Map<string, Rendered>()
  readonly #last = new Map<string, Rendered>()
  readonly #failed = new Set<string>()

  add(result: RenderResult, rules: DiffRules): WatchedOverlay {
    const { overlay } = result
    if ('fault' in result) {
      this.#failed.add(overlay)
      return result
    }
    const { rendered } = result
    if (!('manifests' in rendered)) throw new TypeError('a watch renders manifests, not configs alone')
    const last = this.#last.get(overlay)
    const first = this.#first.get(overlay) ?? rendered
    this.#first.set(overlay, first)
    this.#last.set(overlay, rendered)
    return {
      overlay,
      rendered,
      diff:
        last &&
        diffManifests(last.objects.named('last render'), rendered.objects.named('this render'), rules),
      sinceStart: () =>
        diffManifests(first.objects.named('first render'), rendered.objects.named('this render'), rules),
      isMended: this.#failed.delete(overlay),
    }
  }
}
