import { dirname } from 'node:path/posix'

import { decodeText } from '@overlay-render/yq'
import ignore, { type Ignore } from 'ignore'

import type { SourceFile } from '../decode/read-file.ts'

/**
 * Returns whether a path, relative to the job folder, is excluded by a `.prowignore`, which has the syntax of a `.gitignore`. A
 * file in a lower folder overrides those above.
 */
export function makeIgnore(all: readonly SourceFile[], inside: string): (path: string) => boolean {
  const byFolder = new Map<string, Ignore>()
  for (const { path, bytes } of all) {
    if (!path.startsWith(inside) || !/(?:^|\/)\.prowignore$/u.test(path)) continue
    byFolder.set(dirname(path.slice(inside.length)), ignore().add(decodeText(bytes, path)))
  }
  if (byFolder.size === 0) return () => false
  return (path) => {
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      const relative = folder === '.' ? path : path.slice(folder.length + 1)
      const result = byFolder.get(folder)?.test(relative)
      if (result?.ignored === true) return true
      if (result?.unignored === true || folder === '.') return false
    }
  }
}
