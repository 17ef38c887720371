import { join, posix } from 'node:path'

import type { TreeView } from '@overlay-render/system'

/**
 * Every file below a folder, by its relative path. Links are not followed; a link counts as a file with a fixed content, so that
 * its digest matches no copy.
 */
export function filesBelow(view: TreeView, folder: string): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  const open = view.kindOf(folder) === 'folder' ? [''] : []
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const name of view.list(join(folder, at))) {
      const path = posix.join(at, name)
      const kind = view.kindOf(join(folder, path))
      if (kind === 'folder') open.push(path)
      else files.set(path, kind === 'file' ? view.readFile(join(folder, path)) : Buffer.from('a link'))
    }
  }
  return files
}
