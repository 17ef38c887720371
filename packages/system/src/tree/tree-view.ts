import type { EntryKind } from '../entry-kind.ts'

/**
 * How the project sees a tree of files: synchronous, by absolute path, one question at a time. Paths handed in are
 * clean, and none of the folders in them is a link: `LinkFollower` finds such a path.
 */
export interface TreeView {
  /** What is at `path` itself, links not followed; undefined when nothing is. */
  kindOf(path: string): EntryKind | undefined
  /** The text of the link at `path`, as written. */
  readLink(path: string): string
  /**
   * The content of the regular file at `path`. The caller must not change it.
   *
   * @throws an error with a `code` such as `ENOENT` or `EACCES`; `ENOTFILE` when it is no regular file
   */
  readFile(path: string): Uint8Array
  /** The names in the folder at `path`, sorted. */
  list(path: string): readonly string[]
  /** Whether something is at `path` that this view does not show, such as a file that git ignores. For messages. */
  hides?(path: string): boolean
  /** The full hash of the commit whose files these are; undefined for files that are no commit's. */
  readonly commit?: string | undefined
}

/** An error as the file functions of Node throw it, for views that have no disk. */
export function viewError(
  code: 'ENOENT' | 'ENOTFILE' | 'EINVAL' | 'EAGAIN' | 'ECHANGED',
  path: string,
): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code })
}
