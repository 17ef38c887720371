import { lineageOf } from '../lineage.ts'
import type { Overlay } from '../overlays.ts'
import type { WorkspaceConfig } from '../workspace-config.ts'

/** The settings of a workspace that affect the output of every overlay. */
export function sharedSettings({ kustomize, configs }: WorkspaceConfig): unknown {
  return withoutPositions({ kustomize, configs })
}

/** The settings of an overlay and of the overlays that it extends. */
export function settingsOf(overlay: Overlay, overlays: readonly Overlay[]): unknown {
  const all = [...lineageOf(overlay, overlays), overlay]
  return withoutPositions(all.map(({ name, layout, settings }) => ({ name, layout, settings })))
}

/** The settings that decide where goldens are, and how they are compared. */
export function goldenSettings({ golden }: WorkspaceConfig): unknown {
  return withoutPositions(golden)
}

/** Plain data without `position`: moving a line within the file changes nothing. */
function withoutPositions(value: unknown): unknown {
  const text = JSON.stringify(value, (key, inner: unknown) => {
    if (key === 'position') return undefined
    return inner instanceof Map ? [...inner.entries()] : inner
  })
  return JSON.parse(text) as unknown
}
