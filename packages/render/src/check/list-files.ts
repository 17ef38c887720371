import { join } from 'node:path'

import type { TreeView } from '@overlay-render/system'

/**
 * The real paths of all files below a folder, sorted. Links are not followed; names that start with a dot and `node_modules` are
 * skipped.
 */
export function listFiles(view: TreeView, folder: string): string[] {
  const files: string[] = []
  const pending = [folder]
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    for (const name of view.list(path)) {
      if (name.startsWith('.') || name === 'node_modules') continue
      const below = join(path, name)
      const kind = view.kindOf(below)
      if (kind === 'folder') pending.push(below)
      else if (kind === 'file') files.push(below)
    }
  }
  return files.sort()
}
