import { join, parse } from 'node:path'

import {
  diskView,
  type FollowedLink,
  isWithin,
  type Opened,
  SystemFault,
  Tree,
  whyNotRead,
} from '@overlay-render/system'

export interface GoldenDoor {
  /** The store's folder, absolute. */
  readonly folder: string
  /** Absolute real paths of folders in which no link is followed; none is in the store anyway. */
  readonly guarded: readonly string[]
  /** How messages name the store's folder. */
  readonly shown: string
}

/** What is in a folder of the store. */
export interface GoldenEntry {
  readonly name: string
  readonly folder: boolean
}

/**
 * The bytes of a golden; undefined when there is none. Goldens are plain files: a commit could make a link of one, to show
 * in a diff what it leads to.
 *
 * @param path relative to the store
 * @throws SystemFault `not-readable`, for a link too
 */
export function readGoldenFile(path: string, door: GoldenDoor): Uint8Array | undefined {
  const opened = openGolden(path, door)
  if (opened.outcome === 'file') return opened.read()
  if (opened.outcome === 'missing') return undefined
  throw notReadable(
    path,
    door,
    whyNotRead(opened, () => 'its target'),
  )
}

/** The entries of a folder of the store, none when there is no such folder. @throws SystemFault `not-readable` */
export function listGoldenFolder(path: string, door: GoldenDoor): GoldenEntry[] {
  const opened = openGolden(path, door)
  if (opened.outcome !== 'not-a-file' || opened.kind !== 'folder') return []
  try {
    return diskView
      .list(opened.real)
      .map((name) => ({ name, folder: diskView.kindOf(join(opened.real, name)) === 'folder' }))
  } catch (error) {
    throw notReadable(path, door, 'cannot be listed', error)
  }
}

function openGolden(path: string, door: GoldenDoor): Opened {
  const place = join(door.folder, ...path.split('/'))
  const tree = new Tree(diskView, { boundary: [parse(place).root], shown: () => shownIn(door, path) })
  const closed = [...door.guarded, tree.follow(door.folder).real]
  const isClosed = (link: FollowedLink): boolean => closed.some((folder) => isWithin(link.path, folder))
  if (tree.follow(place).links.some(isClosed)) throw notReadable(path, door, 'is reached through a link')
  return tree.open(place)
}

function notReadable(path: string, door: GoldenDoor, why: string, cause?: unknown): SystemFault {
  return new SystemFault({
    code: 'not-readable',
    message: `the golden ${shownIn(door, path)} ${why}, and goldens are plain files`,
    hint: 'remove it, or put a file there',
    cause,
  })
}

function shownIn({ shown }: GoldenDoor, path: string): string {
  return path === '' ? shown : `${shown}/${path}`
}
