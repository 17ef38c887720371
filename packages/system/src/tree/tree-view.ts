import type { EntryKind } from '../entry-kind.ts'

/**
 * Read access to a tree of files, synchronous and by absolute path. Paths passed in are clean, and none of their folders
 * is a link: use `LinkFollower` to resolve a path.
 */
export interface TreeView {
  /** The kind of entry at `path`, without following links; undefined when it does not exist. */
  kindOf(path: string): EntryKind | undefined
  /** The target of the link at `path`, as written. */
  readLink(path: string): string
  /**
   * The content of the regular file at `path`. The caller must not change it.
   *
   * @throws an error with a `code` such as `ENOENT` or `EACCES`; `ENOTFILE` when it is not a regular file
   */
  readFile(path: string): Uint8Array
  /** The names in the folder at `path`, sorted. */
  list(path: string): readonly string[]
  /** Whether this view hides an entry at `path`, such as a file that git ignores. For messages. */
  hides?(path: string): boolean
  /** The full hash of the commit that the files belong to; undefined when they are not from a commit. */
  readonly commit?: string | undefined
}

/** An error like those of `node:fs`, for views that are not on disk. */
export function viewError(
  code: 'ENOENT' | 'ENOTFILE' | 'EINVAL' | 'EAGAIN' | 'ECHANGED',
  path: string,
): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code })
}
