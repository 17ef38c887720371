import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { digestOf, errnoOf, findRepository, type RepositoryPlace } from '@overlay-render/system'

import { keyOf } from '../cache/key.ts'
import type { RecordStore } from '../cache/record-store.ts'
import { IndexNames, textOfNames } from './index-names.ts'

/** Bytes of the largest list of names that is kept. */
const LARGEST = 32 * 1024 * 1024

/**
 * What git's index lists, kept for as long as the index has the same bytes. Only git reads an index, and says whether it trusts the repository; it does
 * so for certain where all of it belongs to this user, so that is what is asked of the disk.
 */
export class IndexMemory {
  readonly #store: RecordStore

  constructor(store: RecordStore) {
    this.#store = store
  }

  /** The names, from the top of the work tree; undefined where git has to be asked. */
  recall(workTree: string): IndexNames | undefined {
    const key = keyFor(workTree)
    const text = key === undefined ? undefined : this.#store.get(key)
    return text === undefined ? undefined : new IndexNames(text)
  }

  /**
   * Has git list the index, and keeps the names.
   *
   * @param list the names as git gives them, and anything else
   */
  async keep<Listed extends { readonly cached: readonly string[] }>(
    workTree: string,
    list: () => Promise<Listed>,
  ): Promise<Listed> {
    const key = keyFor(workTree)
    const listed = await list()
    // An index that was written meanwhile may have other names.
    if (key === undefined || key !== keyFor(workTree)) return listed
    const text = textOfNames(listed.cached)
    if (text.byteLength <= LARGEST && this.#store.get(key) === undefined) this.#store.put(key, text)
    return listed
  }
}

function keyFor(workTree: string): string | undefined {
  try {
    const place = findRepository(workTree)
    if (place?.workTree !== workTree || !isOwn(place)) return undefined
    return keyOf('tracked', digestOf(readFileSync(join(place.gitFolder, 'index'))))
  } catch (error) {
    if (errnoOf(error) === undefined) throw error
    return undefined
  }
}

/** Whether work tree, `.git` and the repository belong to this user, as git wants it of a repository that no setting calls safe. */
function isOwn({ workTree, gitFolder }: RepositoryPlace): boolean {
  const user = process.getuid?.()
  return [workTree, join(workTree, '.git'), gitFolder].every((path) => lstatSync(path).uid === user)
}
