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

/** Read access to the files of a store. */
export interface GoldenAccess {
  /** The store's folder, absolute. */
  readonly folder: string
  /** Absolute real paths of folders in which links are not followed. Links in the store are never followed. */
  readonly guarded: readonly string[]
  /** The store's folder in messages. */
  readonly shown: string
  /** The view to read from. */
  readonly view: TreeView
  /** Absolute real paths of the folders that goldens may be in; anywhere when absent. */
  readonly boundary: readonly string[] | undefined
}

/** An entry of a folder in the store. */
export interface GoldenEntry {
  readonly name: string
  readonly folder: boolean
}

/**
 * The bytes of a golden; undefined when there is none. Links are rejected: otherwise a commit could make a diff show any
 * file, through a link or through the configured folder.
 *
 * @param path relative to the store
 * @throws SystemFault `not-readable`, for a link too
 */
export function readGoldenFile(path: string, access: GoldenAccess): Uint8Array | undefined {
  const opened = openGolden(path, access)
  if (opened.outcome === 'file') return opened.read()
  if (opened.outcome === 'missing' && !opened.hidden) return undefined
  const why = whyNotRead(opened, () => 'its target')
  const isHidden = opened.outcome === 'missing' || opened.outcome === 'outside'
  throw isHidden ? notVisible(path, access, why) : notReadable(path, access, why)
}

/** The entries of a folder in the store, empty when it does not exist. @throws SystemFault `not-readable` */
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
    message: `the golden ${shownIn(access, path)} ${why}; goldens must be regular files`,
    hint: 'remove it, or replace it with a regular file',
    cause,
  })
}

/** For paths that the configuration names but its author may not read. */
function notVisible(path: string, access: GoldenAccess, why: string): SystemFault {
  return new SystemFault({
    code: 'not-readable',
    message: `the golden ${shownIn(access, path)} ${why}`,
    hint: 'track it with git, or set golden.path to another folder',
  })
}

function shownIn({ shown }: GoldenAccess, path: string): string {
  return path === '' ? shown : `${shown}/${path}`
}
