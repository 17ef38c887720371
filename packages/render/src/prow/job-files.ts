import { join } from 'node:path'

import type { SourceFile } from '@overlay-render/prow'
import type { Tree } from '@overlay-render/system'

import { followLinkText } from '../link-text.ts'
import { cannotRead } from '../read-input.ts'

/**
 * The YAML files and `.prowignore`s below a folder, links to files followed. `shown` is what the folder is called in
 * the files' paths. Links to folders are not followed, as in Prow's loader. A folder that is not there has none.
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
 * One file, links followed, those too that were checked out as text; undefined when none is there.
 *
 * @throws RenderFault `outside-boundary` for a link that leads out of the tree
 */
export function readSource(tree: Tree, path: string, name: string): SourceFile | undefined {
  const opened = tree.open(path)
  if (opened.outcome === 'file') return { path: name, bytes: (followLinkText(tree, opened) ?? opened).read() }
  if (opened.outcome !== 'outside') return undefined
  throw cannotRead(opened, { subject: name, code: 'file-missing' }, tree.shown)
}

/** Whether Prow's loader looks at a file of that name. */
function isWanted(name: string): boolean {
  return /\.ya?ml$/u.test(name) || name.endsWith('.prowignore')
}
