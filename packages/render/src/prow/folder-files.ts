import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import type { SourceFile } from '@overlay-render/prow'

/**
 * The YAML files and `.prowignore`s below a folder, links to files followed. `shown` is what the folder is called in
 * the files' paths. Links to folders are not followed, as in Prow's loader.
 */
export function readFolder(folder: string, shown: string): SourceFile[] {
  const files: SourceFile[] = []
  const pending = [{ folder, shown }]
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const entry of readdirSync(at.folder, { withFileTypes: true })) {
      const path = join(at.folder, entry.name)
      const name = at.shown === '' ? entry.name : `${at.shown}/${entry.name}`
      if (entry.isDirectory() && entry.name !== '.git') pending.push({ folder: path, shown: name })
      else if (isWanted(entry.name) && isPlainFile(entry, path))
        files.push({ path: name, bytes: readFileSync(path) })
    }
  }
  return files
}

/** Whether Prow's loader looks at a file of that name. */
export function isWanted(name: string): boolean {
  return /\.ya?ml$/u.test(name) || name.endsWith('.prowignore')
}

function isPlainFile(entry: Dirent, path: string): boolean {
  if (entry.isFile()) return true
  return entry.isSymbolicLink() && (statSync(path, { throwIfNoEntry: false })?.isFile() ?? false)
}
