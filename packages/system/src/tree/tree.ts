import { dirname, resolve } from 'node:path'

import { type EntryKind, NOT_A_FILE } from '../entry-kind.ts'
import { errnoOf, SystemFault } from '../system-fault.ts'
import { type FollowedLink, LinkFollower, type Resolution } from './follow-links.ts'
import { isWithin } from './is-within.ts'
import type { TreeView } from './tree-view.ts'

/** The result of opening a path, with links followed. */
export type Opened =
  | {
      readonly outcome: 'file'
      /** Its real path. */
      readonly real: string
      readonly links: readonly FollowedLink[]
      /** @throws SystemFault `not-found` or `not-readable` */
      readonly read: () => Uint8Array
    }
  /** Nothing there, or `hidden`: the view does not show it. */
  | { readonly outcome: 'missing'; readonly real: string; readonly hidden: boolean }
  /** A link of the path points to nothing, or to an entry that the view hides. */
  | {
      readonly outcome: 'broken-link'
      readonly real: string
      readonly link: FollowedLink
      readonly hidden: boolean
    }
  | { readonly outcome: 'link-loop'; readonly real: string }
  /** A folder, or a device, pipe or socket, which are never opened. */
  | {
      readonly outcome: 'not-a-file'
      readonly real: string
      readonly kind: Exclude<EntryKind, 'file'>
    }
  /** The path, or a link in it, leads outside of the boundary. */
  | { readonly outcome: 'outside'; readonly real: string; readonly link: FollowedLink | undefined }

export interface TreeOptions {
  /** Real paths of the folders that may be read. */
  readonly boundary: readonly string[]
  /** Formats an absolute path for messages; unchanged when absent. */
  readonly shown?: ((path: string) => string) | undefined
}

/** Reads files through a view: follows links, and refuses paths outside of the boundary. All file reads go through it. */
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

  /** Resolves a path, inside the boundary or not. @param path absolute and clean */
  follow(path: string): Resolution {
    return this.#follower.follow(path)
  }

  /** Whether a real path is inside the boundary. */
  contains(real: string): boolean {
    return this.boundary.some((folder) => isWithin(real, folder))
  }

  /** Whether `path`, with links followed, is a folder inside the boundary. */
  isFolder(path: string): boolean {
    const found = this.follow(path)
    return found.outcome === 'found' && found.kind === 'folder' && this.contains(found.real)
  }

  /** Opens a path, with links followed. It is not read yet. @param path absolute and clean */
  open(path: string): Opened {
    const { view } = this
    const found = this.follow(path)
    const { real, links } = found
    const link = links.at(-1)
    if (!this.contains(real)) return { outcome: 'outside', real, link }
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

  /** Clears the cache, after the view has changed. */
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
const CHANGING = 'another program keeps changing it'

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
  [CHANGING]: 'run this again when that program has ended',
}

/** Converts the error of a failed read. @param shown the path in messages */
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
 * Why a path cannot be read; follows its name in a message: `does not exist`, `is a folder`.
 *
 * @param shown formats an absolute path for messages
 */
export function whyNotRead(
  opened: Exclude<Opened, { outcome: 'file' }>,
  shown: (path: string) => string,
): string {
  switch (opened.outcome) {
    case 'missing':
      return opened.hidden ? HIDDEN : 'does not exist'
    case 'broken-link':
      if (opened.hidden) return `is a link to ${shown(opened.real)}, which ${HIDDEN}`
      return leadsTo(opened.link) === opened.real
        ? `is a link to ${opened.link.target}, which does not exist`
        : `does not exist: ${shown(opened.link.path)} is a link to ${opened.link.target}`
    case 'link-loop':
      return 'is a link that leads back to itself'
    case 'not-a-file':
      return `is ${NOT_A_FILE[opened.kind]}`
    case 'outside':
      return opened.link === undefined
        ? 'is outside the tree that this workspace may read'
        : 'is a link that leads outside the tree that this workspace may read'
  }
}

function leadsTo({ path, target }: FollowedLink): string {
  return resolve(dirname(path), target)
}

/** The reason for a file that the view hides. */
export const HIDDEN =
  'is outside the tracked tree or listed as a secret, and such files are not read with stub secrets'
