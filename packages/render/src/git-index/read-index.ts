import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { errnoOf, findRepository, type RepositoryLocation } from '@overlay-render/system'

import type { IndexNames } from './index-names.ts'
import { parseIndex } from './parse-index.ts'

/**
 * What git's index lists, without git, which would first look whether it trusts the repository: it does so for certain where all of it
 * belongs to this user, so that is what is asked of the disk.
 *
 * @returns the names, from the top of the work tree; undefined where git has to be asked
 */
export function readIndex(workTree: string): IndexNames | undefined {
  try {
    const place = findRepository(workTree)
    if (place?.workTree !== workTree || !isOwn(place)) return undefined
    return parseIndex(readFileSync(join(place.gitFolder, 'index')))
  } catch (error) {
    if (errnoOf(error) === undefined) throw error
    return undefined
  }
}

/** Whether work tree, `.git` and the repository belong to this user, as git wants it of a repository that no setting calls safe. */
export function isOwn({ workTree, gitFolder }: RepositoryLocation): boolean {
  const user = process.getuid?.()
  return [workTree, join(workTree, '.git'), gitFolder].every((path) => lstatSync(path).uid === user)
}
