import { type Overlay, pickOverlay } from './overlays.ts'
import { RenderFault } from './render-fault.ts'

/**
 * The overlays that `overlay` extends, nearest first.
 *
 * @throws RenderFault `overlay-unknown`, `extends-cycle` or `workspace-config-invalid`, at the line of `extends`
 */
export function lineageOf(overlay: Overlay, overlays: readonly Overlay[]): Overlay[] {
  const lineage: Overlay[] = []
  const seen = [overlay.name]
  for (let current = overlay; current.settings.extends !== undefined;) {
    const { overlay: name, position } = current.settings.extends
    const parent = pickOverlay(overlays, name, position)
    const folder = [current, parent].find(({ layout }) => layout.kind === 'folder')
    if (folder !== undefined) throw cannotExtend(current, parent, folder)
    if (seen.includes(parent.name)) {
      throw new RenderFault({
        code: 'extends-cycle',
        message: `overlay ${overlay.name} extends itself: ${[...seen, parent.name].join(' -> ')}`,
        position,
        hint: 'remove one `extends` of the cycle',
      })
    }
    seen.push(parent.name)
    lineage.push(parent)
    current = parent
  }
  return lineage
}

function cannotExtend({ name, settings }: Overlay, parent: Overlay, folder: Overlay): RenderFault {
  return new RenderFault({
    code: 'workspace-config-invalid',
    message: `overlay ${name} cannot extend ${parent.name}: ${folder.name} is a folder of plain manifests`,
    position: settings.extends?.position,
    hint: 'extend an overlay that has a kustomization, or remove `extends`',
  })
}
