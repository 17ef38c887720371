import { type EntryKind, NO_FILE } from '../entry-kind.ts'
import { errnoOf, SystemFault } from '../system-fault.ts'
import { type FollowedLink, LinkFollower, type Resolution } from './follow-links.ts'
import { isWithin } from './is-within.ts'
import type { TreeView } from './tree-view.ts'

/** What is at a path when its links are followed, for a reader of the file. */
export type Opened =
  | {
      readonly outcome: 'file'
      /** Its real path. */
      readonly real: string
      readonly links: readonly FollowedLink[]
      /** @throws SystemFault `not-found` or `not-readable` */
      readonly read: () => Uint8Array
    }
  /** Nothing; `hidden` when the view does not show what is there. */
  | { readonly outcome: 'missing'; readonly real: string; readonly hidden: boolean }
  /** A link on the way leads to nothing that the view shows. */
  | {
      readonly outcome: 'broken-link'
      readonly real: string
      readonly link: FollowedLink
      readonly hidden: boolean
    }
  | { readonly outcome: 'link-loop'; readonly real: string }
  /** A folder; or a device, a pipe, a socket, which are never opened. */
  | {
      readonly outcome: 'not-a-file'
      readonly real: string
      readonly kind: Exclude<EntryKind, 'file'>
    }
  /** It is, or leads to, a place outside of the boundary. */
  | { readonly outcome: 'outside'; readonly real: string; readonly link: FollowedLink | undefined }

export interface TreeOptions {
  /** The real folders outside of which nothing is read. */
  readonly boundary: readonly string[]
  /** How messages name an absolute path; as it is when absent. */
  readonly shown?: ((path: string) => string) | undefined
}

/** The one way to read a tree of files: a view, its links followed, nothing outside of its boundary. */
export class Tree {
  readonly view: TreeView
  readonly boundary: readonly string[]
  readonly shown: (path: string) => string
  readonly #follower: LinkFollower

  constructor(view: TreeView, { boundary, shown = (path) => path }: TreeOptions) {
    this.view = view
    this.boundary = boundary
    this.shown = shown
    this.#follower = new LinkFollower(view)
  }

  /** Where a path leads, inside the boundary or not. @param path absolute and clean */
  follow(path: string): Resolution {
    return this.#follower.follow(path)
  }

  /** Whether a real path is inside the boundary. */
  holds(real: string): boolean {
    return this.boundary.some((folder) => isWithin(real, folder))
  }

  /** Whether a folder inside the boundary is at `path`, links followed. */
  isFolder(path: string): boolean {
    const found = this.follow(path)
    return found.outcome === 'found' && found.kind === 'folder' && this.holds(found.real)
  }

  /** What is at `path` for a reader, links followed. Nothing is read yet. @param path absolute and clean */
  open(path: string): Opened {
    const { view } = this
    const found = this.follow(path)
    const { real, links } = found
    const link = links.at(-1)
    if (!this.holds(real)) return { outcome: 'outside', real, link }
    if (found.outcome === 'loop') return { outcome: 'link-loop', real }
    if (found.outcome === 'missing') {
      const hidden = view.hides?.(real) ?? false
      return link === undefined
        ? { outcome: 'missing', real, hidden }
        : { outcome: 'broken-link', real, link, hidden }
    }
    if (found.kind === 'file') return { outcome: 'file', real, links, read: () => this.#read(real) }
    return { outcome: 'not-a-file', real, kind: found.kind }
  }

  /** Looks at everything again: the view has changed. */
  forget(): void {
    this.#follower.forget()
  }

  #read(real: string): Uint8Array {
    try {
      return this.view.readFile(real)
    } catch (error) {
      throw readFault(error, this.shown(real))
    }
  }
}

const DENIED = 'permission is denied'
const CHANGING = 'something keeps changing it'

const READ_REASONS: Readonly<Record<string, string>> = {
  EACCES: DENIED,
  EPERM: DENIED,
  EISDIR: 'it is a folder',
  ENOTFILE: 'it is not a regular file',
  ECHANGED: CHANGING,
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GiB',
}

const READ_HINTS: Readonly<Record<string, string>> = {
  [DENIED]: 'give this user read permission',
  [CHANGING]: 'run this again when the program that writes the file has ended',
}

/** Turns what a failed read threw into a fault that names the path as `shown`. */
export function readFault(error: unknown, shown: string): SystemFault {
  const errno = errnoOf(error)
  if (errno === 'ENOENT' || errno === 'ENOTDIR') {
    return new SystemFault({ code: 'not-found', message: `${shown} does not exist`, cause: error })
  }
  const reason = READ_REASONS[errno ?? ''] ?? errno ?? 'the system refused'
  return new SystemFault({
    code: 'not-readable',
    message: `cannot read ${shown}: ${reason}`,
    hint: READ_HINTS[reason],
    cause: error,
  })
}

/**
 * Why nothing can be read, to follow the name of what was wanted: `does not exist`, `is a folder`.
 *
 * @param shown how messages name an absolute path
 */
export function whyNotRead(
  opened: Exclude<Opened, { outcome: 'file' }>,
  shown: (path: string) => string,
): string {
  switch (opened.outcome) {
    case 'missing':
      return opened.hidden ? HIDDEN : 'does not exist'
    case 'broken-link':
      return opened.hidden
        ? `is a link to ${shown(opened.real)}, which ${HIDDEN}`
        : `is a link to ${opened.link.target}, which does not exist`
    case 'link-loop':
      return 'is a link that leads back to itself'
    case 'not-a-file':
      return `is ${NO_FILE[opened.kind]}`
    case 'outside':
      return opened.link === undefined
        ? 'is outside the tree that this workspace may read'
        : 'is a link that leads outside the tree that this workspace may read'
  }
}

/** The reason for a file that a view does not show. */
export const HIDDEN =
  'is outside the tracked tree or listed as a secret, and such files are not read with stub secrets'
