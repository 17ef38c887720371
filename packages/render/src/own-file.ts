import { join } from 'node:path'

import { SystemFault, Tree, whyNotRead } from '@overlay-render/system'

import type { Boundary } from './boundary.ts'
import type { VisibleTree } from './visible-tree.ts'

/** Where the workspace's own files are read. */
export interface OwnFiles {
  /** The workspace's folder, an absolute real path. */
  readonly workspace: string
  readonly boundary: Boundary
  readonly visible: VisibleTree
}

/**
 * The text of a file that is the workspace's own, such as its configuration; undefined when there is none. Messages show
 * lines of it, so a link counts only when it leads to what git tracks: anything else is not for a commit to show.
 *
 * @param name relative to the workspace
 * @throws SystemFault `not-readable`
 */
export async function readOwnFile(
  name: string,
  { workspace, boundary, visible }: OwnFiles,
): Promise<string | undefined> {
  const path = join(workspace, name)
  const options = { boundary: boundary.folders, shown: () => name }
  const plain = new Tree(visible.whole, options).open(path)
  const opened =
    plain.outcome === 'file' && plain.links.length > 0
      ? new Tree(await visible.tracked(), options).open(path)
      : plain
  if (opened.outcome === 'file') return Buffer.from(opened.read()).toString('utf8')
  if (plain.outcome === 'missing') return undefined
  const why = whyNotRead(opened, () => 'a file')
  throw new SystemFault({
    code: 'not-readable',
    message: `cannot read ${name}: it ${why}`,
    hint: 'put a plain file there',
  })
}
