import { canonicalText } from '../cache/key.ts'
import { lineageOf } from '../lineage.ts'
import type { Overlay } from '../overlays.ts'
import type { OverlaySettings, WorkspaceConfig } from '../workspace-config.ts'

// Settings as text. Positions are left out, since moving a line changes nothing. They are left out where settings have them, because in
// the user's own values `position` is a key like any other.

/** The settings of a workspace that affect the output of every overlay. */
export function sharedSettings({ kustomize, configs }: WorkspaceConfig): string {
  return canonicalText({ kustomize, configs })
}

/** The settings of an overlay and of the overlays that it extends. */
export function settingsOf(overlay: Overlay, overlays: readonly Overlay[]): string {
  const all = [...lineageOf(overlay, overlays), overlay]
  return canonicalText(all.map(({ name, layout, settings }) => ({ name, layout, ...ofOverlay(settings) })))
}

/** The settings that decide where goldens are, and how they are compared. */
export function goldenSettings({ golden: { rules, ...golden } }: WorkspaceConfig): string {
  const { ignore = [], redact = [], keys = [], ...rest } = rules
  const unplaced = { ignore: ignore.map(unplace), redact: redact.map(unplace), keys: keys.map(unplace) }
  return canonicalText({ ...golden, ...rest, ...unplaced })
}

function ofOverlay({ extends: parent, templates, edits, values, ...rest }: OverlaySettings): object {
  return {
    ...unplace(rest),
    extends: parent?.overlay,
    templates: templates.map(unplace),
    edits: edits.map(unplace),
    values: [...values].map(([name, value]) => [name, value.kind === 'file' ? unplace(value) : value]),
  }
}

function unplace({ position: _position, ...rest }: { readonly position?: unknown }): object {
  return rest
}
