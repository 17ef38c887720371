import { resolve } from 'node:path'

import type { Opened, Tree } from '@overlay-render/system'

type OpenedFile = Extract<Opened, { outcome: 'file' }>

const MAX_LINK_LENGTH = 4096

/**
 * The target of a symbolic link that was checked out as text; undefined for any other file.
 *
 * With core.symlinks=false git writes the target's path into a plain file: one line without a line end that names an existing file.
 * No Prow configuration looks like that.
 */
export function followLinkText(tree: Tree, { real, read }: OpenedFile): OpenedFile | undefined {
  const bytes = read()
  if (bytes.byteLength > MAX_LINK_LENGTH) return undefined
  const text = Buffer.from(bytes).toString('utf8')
  if (!/^\.{1,2}\/[^\s:]+$/.test(text)) return undefined
  const target = tree.open(resolve(real, '..', text))
  return target.outcome === 'file' ? target : undefined
}
