import { join, parse } from 'node:path'

import {
  type FollowedLink,
  isWithin,
  type Opened,
  SystemFault,
  Tree,
  type TreeView,
  whyNotRead,
} from '@overlay-render/system'

/** How the files of a store are read. */
export interface GoldenAccess {
  /** The store's folder, absolute. */
  readonly folder: string
  /** Absolute real paths of folders in which no link is followed; none is in the store anyway. */
  readonly guarded: readonly string[]
  /** How messages name the store's folder. */
  readonly shown: string
  /** What may be read of the disk. */
  readonly view: TreeView
  /** Absolute real paths of the folders that goldens may be in; anywhere when absent. */
  readonly boundary: readonly string[] | undefined
}

/** What is in a folder of the store. */
export interface GoldenEntry {
  readonly name: string
  readonly folder: boolean
}

/**
 * The bytes of a golden; undefined when there is none. Goldens are plain files: a commit could make a link of one, to show
 * in a diff what it leads to, and a configuration could name any folder.
 *
 * @param path relative to the store
 * @throws SystemFault `not-readable`, for a link too
 */
export function readGoldenFile(path: string, access: GoldenAccess): Uint8Array | undefined {
  const opened = openGolden(path, access)
  if (opened.outcome === 'file') return opened.read()
  if (opened.outcome === 'missing' && !opened.hidden) return undefined
  const why = whyNotRead(opened, () => 'its target')
  const isUnseen = opened.outcome === 'missing' || opened.outcome === 'outside'
  throw isUnseen ? notOurs(path, access, why) : notReadable(path, access, why)
}

/** The entries of a folder of the store, none when there is no such folder. @throws SystemFault `not-readable` */
export function listGoldenFolder(path: string, access: GoldenAccess): GoldenEntry[] {
  const opened = openGolden(path, access)
  if (opened.outcome !== 'not-a-file' || opened.kind !== 'folder') return []
  try {
    return access.view
      .list(opened.real)
      .map((name) => ({ name, folder: access.view.kindOf(join(opened.real, name)) === 'folder' }))
  } catch (error) {
    throw notReadable(path, access, 'cannot be listed', error)
  }
}

function openGolden(path: string, access: GoldenAccess): Opened {
  const place = join(access.folder, ...path.split('/'))
  const boundary = access.boundary ?? [parse(place).root]
  const tree = new Tree(access.view, { boundary, shown: () => shownIn(access, path) })
  const closed = [...access.guarded, tree.follow(access.folder).real]
  const isClosed = (link: FollowedLink): boolean => closed.some((folder) => isWithin(link.path, folder))
  if (tree.follow(place).links.some(isClosed)) throw notReadable(path, access, 'is reached through a link')
  return tree.open(place)
}

function notReadable(path: string, access: GoldenAccess, why: string, cause?: unknown): SystemFault {
  return new SystemFault({
    code: 'not-readable',
    message: `the golden ${shownIn(access, path)} ${why}, and goldens are plain files`,
    hint: 'remove it, or put a file there',
    cause,
  })
}

/** What a configuration may name, and its author may not see. */
function notOurs(path: string, access: GoldenAccess, why: string): SystemFault {
  return new SystemFault({
    code: 'not-readable',
    message: `the golden ${shownIn(access, path)} ${why}`,
    hint: 'have git track it, or name another folder with golden.path',
  })
}

function shownIn({ shown }: GoldenAccess, path: string): string {
  return path === '' ? shown : `${shown}/${path}`
}
