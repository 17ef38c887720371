import { lineageOf } from '../lineage.ts'
import type { Overlay } from '../overlays.ts'
import type { WorkspaceConfig } from '../workspace-config.ts'

/** The settings of a workspace that every overlay's output depends on. */
export function sharedSettings({ kustomize, configs }: WorkspaceConfig): unknown {
  return withoutPositions({ kustomize, configs })
}

/** The settings of an overlay and of those that it starts from. */
export function settingsOf(overlay: Overlay, overlays: readonly Overlay[]): unknown {
  const all = [...lineageOf(overlay, overlays), overlay]
  return withoutPositions(all.map(({ name, layout, settings }) => ({ name, layout, settings })))
}

/** The settings that decide where goldens are, and how they are compared. */
export function goldenSettings({ golden }: WorkspaceConfig): unknown {
  return withoutPositions(golden)
}

/** Plain data without `position`: a line that moved within the file changes nothing. */
function withoutPositions(value: unknown): unknown {
  const text = JSON.stringify(value, (key, inner: unknown) => {
    if (key === 'position') return undefined
    return inner instanceof Map ? [...inner.entries()] : inner
  })
  return JSON.parse(text) as unknown
}
