import { join } from 'node:path'

import type { SourceFile } from '@overlay-render/prow'
import type { Tree } from '@overlay-render/system'

import { followLinkText } from '../link-text.ts'
import { cannotRead } from '../read-input.ts'

/**
 * The YAML files and `.prowignore`s below a folder. Links to files are followed, links to folders are not, as in Prow's loader.
 * `shown` is the name of the folder in the paths of the result. A missing folder has no files.
 *
 * @throws RenderFault `outside-boundary` for a link that leads out of the tree
 */
export function readJobFiles(tree: Tree, folder: string, shown: string): SourceFile[] {
  const files: SourceFile[] = []
  const pending = tree.isFolder(folder) ? [{ folder: tree.follow(folder).real, shown }] : []
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const entry of tree.view.list(at.folder)) {
      const path = join(at.folder, entry)
      const name = at.shown === '' ? entry : `${at.shown}/${entry}`
      if (tree.view.kindOf(path) === 'folder') {
        if (entry !== '.git') pending.push({ folder: path, shown: name })
        continue
      }
      const file = isWanted(entry) ? readSource(tree, path, name) : undefined
      if (file !== undefined) files.push(file)
    }
  }
  return files
}

/**
 * One file; undefined when it is missing. Links are followed, including those that were checked out as text.
 *
 * @throws RenderFault `outside-boundary` for a link that leads out of the tree
 */
export function readSource(tree: Tree, path: string, name: string): SourceFile | undefined {
  const opened = tree.open(path)
  if (opened.outcome === 'file') return { path: name, bytes: (followLinkText(tree, opened) ?? opened).read() }
  if (opened.outcome !== 'outside') return undefined
  throw cannotRead(opened, { subject: name, code: 'file-missing' }, tree.shown)
}

/** Whether Prow's loader reads a file of that name. */
function isWanted(name: string): boolean {
  return /\.ya?ml$/u.test(name) || name.endsWith('.prowignore')
}
