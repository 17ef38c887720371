import { compareText } from '../resources/resource-id.ts'
import type { GoldenLayout } from './golden-files.ts'
import { type GoldenAccess, listGoldenFolder, readGoldenFile } from './read-golden.ts'

// Which files of a store are the golden of which overlay. All paths are relative to the store.

const LAYOUTS: readonly GoldenLayout[] = ['file', 'resources']

/** The name of a file in the layout `resources`. */
const RESOURCE_FILE = /^[A-Z][\w.%-]*_[^/]+\.yaml$/iu

/** The files of an overlay's golden in a layout, sorted; empty when it has none. */
export function filesIn(layout: GoldenLayout, overlay: string, access: GoldenAccess): string[] {
  if (layout === 'file') {
    const path = `${overlay}.yaml`
    return readGoldenFile(path, access) === undefined ? [] : [path]
  }
  const entries = listGoldenFolder(overlay, access)
  const files: string[] = []
  for (const folder of entries.filter((entry) => entry.folder)) {
    for (const file of listGoldenFolder(`${overlay}/${folder.name}`, access)) {
      // Names of overlays can be paths, so folders nest; only resource files have this form.
      if (!file.folder && RESOURCE_FILE.test(file.name)) files.push(`${overlay}/${folder.name}/${file.name}`)
    }
  }
  return files.sort(compareText)
}

/** The files of an overlay's golden in every layout: after a change of the layout, those of the other one remain. */
export function filesInAnyLayout(overlay: string, access: GoldenAccess): string[] {
  return LAYOUTS.flatMap((layout) => filesIn(layout, overlay, access))
}

/** The overlays that have a golden in a layout, sorted. */
export function overlaysIn(layout: GoldenLayout, access: GoldenAccess): string[] {
  const names = new Set<string>()
  const pending = ['']
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const entry of listGoldenFolder(folder, access)) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.folder) pending.push(path)
      else if (layout === 'file' && path.endsWith('.yaml')) names.add(path.slice(0, -'.yaml'.length))
      else if (layout === 'resources' && RESOURCE_FILE.test(entry.name)) {
        // <overlay>/<namespace>/<resource>.yaml
        const overlay = folder.split('/').slice(0, -1).join('/')
        if (overlay !== '') names.add(overlay)
      }
    }
  }
  return [...names].sort(compareText)
}

/** The overlays that have a golden in a layout but are not among the known ones, sorted. */
export function orphansIn(layout: GoldenLayout, known: readonly string[], access: GoldenAccess): string[] {
  // A file of the layout `file` that an update has not removed yet is no overlay of its own.
  const other = LAYOUTS.find((one) => one !== layout) ?? layout
  const left = known.flatMap((name) => filesIn(other, name, access))
  const taken = new Set([...known, ...left.map((path) => path.slice(0, -'.yaml'.length))])
  return overlaysIn(layout, access).filter((overlay) => !taken.has(overlay))
}
