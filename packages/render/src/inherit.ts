import { join } from 'node:path'

import { KUSTOMIZATION_NAMES } from '@overlay-render/kustomize'

import type { Overlay } from './overlays.ts'
import type { Stage } from './stage.ts'

/** The folders that an overlay inherits, besides the kustomization. */
const INHERITED_FOLDERS = ['patches', 'resources'] as const

/**
 * Copies to the stage what an overlay inherits: the kustomization, patches and resources of the extended overlay replace its own
 * files of the same name; its other files stay. Configs, secrets and scripts are not inherited, nor are the templates and edits of
 * the parent.
 */
export function layInherited(stage: Stage, overlay: Overlay, lineage: readonly Overlay[]): void {
  // From the farthest ancestor down, so that each parent is complete before it is copied.
  const line = [overlay, ...lineage]
  for (let index = line.length - 2; index >= 0; index--) {
    const child = line[index]
    const parent = line[index + 1]
    if (child === undefined || parent === undefined) continue
    // The folder of an overlay may be a link, and two overlays may be links to one folder.
    const [from, to] = [parent, child].map(({ folder }) => stage.tree.follow(folder).real)
    if (from !== undefined && to !== undefined && from !== to) inheritFrom(stage, from, to)
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
