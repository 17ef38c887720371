import { join } from 'node:path'

import { KUSTOMIZATION_NAMES } from '@overlay-render/kustomize'

import { type Overlay, pickOverlay } from './overlays.ts'
import { RenderFault } from './render-fault.ts'
import type { Stage } from './stage.ts'

/** The folders that an overlay takes over from the one it extends, beside its kustomization. */
const INHERITED_FOLDERS = ['patches', 'resources'] as const

/**
 * The overlays that `overlay` extends, nearest first.
 *
 * @throws RenderFault `overlay-unknown` or `extends-circle`, at the line that says so
 */
export function lineageOf(overlay: Overlay, overlays: readonly Overlay[]): Overlay[] {
  const lineage: Overlay[] = []
  const seen = [overlay.name]
  for (let current = overlay; current.settings.extends !== undefined;) {
    const { overlay: name, position } = current.settings.extends
    const parent = pickOverlay(overlays, name, position)
    if (seen.includes(parent.name)) {
      throw new RenderFault({
        code: 'extends-circle',
        message: `overlay ${overlay.name} extends itself: ${[...seen, parent.name].join(' -> ')}`,
        position,
        hint: 'take one `extends` of that circle out',
      })
    }
    seen.push(parent.name)
    lineage.push(parent)
    current = parent
  }
  return lineage
}

/**
 * Lays what an overlay starts from: the kustomization, patches and resources of the overlay it extends replace
 * its own files of the same name; its other files stay. Configs, secrets and scripts are not inherited, nor
 * are the parent's templates and edits.
 */
export function layInherited(stage: Stage, overlay: Overlay, lineage: readonly Overlay[]): void {
  // From the farthest ancestor down, so that each parent is complete before it is copied.
  const line = [overlay, ...lineage]
  for (let index = line.length - 2; index >= 0; index--) {
    const child = line[index]
    const parent = line[index + 1]
    if (child !== undefined && parent !== undefined) inheritFrom(stage, parent.folder, child.folder)
  }
}

function inheritFrom(stage: Stage, parent: string, child: string): void {
  const inherited = KUSTOMIZATION_NAMES.filter((name) => stage.has(join(parent, name)))
  if (inherited.length > 0) {
    for (const name of KUSTOMIZATION_NAMES) {
      if (stage.has(join(child, name))) stage.remove(join(child, name))
    }
  }
  for (const name of [...inherited, ...INHERITED_FOLDERS]) stage.copy(join(parent, name), join(child, name))
}
