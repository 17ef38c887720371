import { join } from 'node:path'

import { findForeignEncoding, SystemFault, Tree, whyNotRead } from '@overlay-render/system'

import type { Boundary } from './boundary.ts'
import type { VisibleTree } from './visible-tree.ts'

/** What is needed to read the workspace's own files. */
export interface OwnFiles {
  /** The absolute real path of the workspace. */
  readonly workspace: string
  readonly boundary: Boundary
  readonly visible: VisibleTree
}

/**
 * The text of one of the workspace's own files, such as its configuration; undefined when there is none. Messages quote its lines,
 * so a link is followed only to a file that git tracks: a commit must not be able to show any other file.
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
  if (opened.outcome === 'file') return decodeOwn(opened.read(), name)
  if (plain.outcome === 'missing') return undefined
  const why = whyNotRead(opened, () => 'a file')
  throw new SystemFault({
    code: 'not-readable',
    message: `cannot read ${name}: it ${why}`,
    hint: 'put a plain file there',
  })
}

/**
 * The text of one of the workspace's own files.
 *
 * @throws SystemFault `not-readable` for text in another encoding than UTF-8
 */
export function decodeOwn(bytes: Uint8Array, name: string): string {
  const foreign = findForeignEncoding(bytes)
  if (foreign === undefined) return Buffer.from(bytes).toString('utf8')
  const { problem, hint, line, column } = foreign
  const position = { file: name, line, column }
  throw new SystemFault({ code: 'not-readable', message: `${name} ${problem}`, position, hint })
}
