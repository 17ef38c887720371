import { join } from 'node:path'

import { type DiffRules, diffManifests, type ManifestDiff } from '@overlay-render/golden'
import { Fault } from '@overlay-render/system'

import type { RenderOptions } from './pipeline.ts'
import type { Rendered } from './rendered.ts'
import type { OpenedWorkspace } from './opened-workspace.ts'
import { CONFIG_FILE } from './workspace-config.ts'

/** Milliseconds of quiet after a change before rendering: an editor writes in several steps. */
const QUIET = 100

/** What a watch tells after each render. */
export type WatchEvent =
  /** `diff` is what changed since the last good render; undefined for the first. */
  | { readonly kind: 'rendered'; readonly rendered: Rendered; readonly diff: ManifestDiff | undefined }
  | { readonly kind: 'failed'; readonly fault: Fault }

export interface WatchOptions extends RenderOptions {
  readonly onEvent: (event: WatchEvent) => void
}

/**
 * Renders an overlay now and whenever a file that it reads changes, appears or goes. Ends when `signal` fires.
 *
 * @param open opens the workspace again, since its configuration may have changed
 */
export async function watchOverlay(
  open: () => Promise<OpenedWorkspace>,
  name: string,
  { onEvent, ...options }: WatchOptions,
): Promise<void> {
  const { watch } = await import('chokidar')
  const workspace = await open()
  // What stays watched when a render fails and nobody knows its inputs.
  const watcher = watch([join(workspace.folder, CONFIG_FILE), workspace.overlay(name).folder], {
    ignoreInitial: true,
  })
  let last: Rendered | undefined
  try {
    await new Promise<void>((resolve) => watcher.once('ready', resolve))
    while (!options.signal?.aborted) {
      const changed = nextChange(watcher, options.signal)
      const event = await renderOnce(open, name, options, last)
      if (event.kind === 'rendered') {
        last = event.rendered
        watcher.add([...event.rendered.inputs])
      }
      if (!options.signal?.aborted) onEvent(event)
      await changed
    }
  } finally {
    await watcher.close()
  }
}

async function renderOnce(
  open: () => Promise<OpenedWorkspace>,
  name: string,
  options: RenderOptions,
  last: Rendered | undefined,
): Promise<WatchEvent> {
  try {
    const workspace = await open()
    const rendered = await workspace.render(name, { secrets: 'stub', ...options })
    const diff = last === undefined ? undefined : compare(last, rendered, workspace.config.golden.rules)
    return { kind: 'rendered', rendered, diff }
  } catch (error) {
    if (error instanceof Fault) return { kind: 'failed', fault: error }
    throw error
  }
}

function compare(before: Rendered, after: Rendered, rules: DiffRules): ManifestDiff {
  return diffManifests(before.objects.named('last render'), after.objects.named('this render'), rules)
}

interface Changes {
  on(event: 'all', listener: () => void): unknown
  off(event: 'all', listener: () => void): unknown
}

/** Resolves when something changed and then nothing for a moment, or when `signal` fires. */
async function nextChange(watcher: Changes, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    let timer: NodeJS.Timeout | undefined
    const settle = (): void => {
      clearTimeout(timer)
      timer = setTimeout(finish, QUIET)
    }
    const finish = (): void => {
      clearTimeout(timer)
      watcher.off('all', settle)
      signal?.removeEventListener('abort', finish)
      resolve()
    }
    watcher.on('all', settle)
    signal?.addEventListener('abort', finish, { once: true })
  })
}
