import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { errnoOf, findRepository, type RepositoryLocation } from '@overlay-render/system'

import type { IndexNames } from './index-names.ts'
import { parseIndex } from './parse-index.ts'

/**
 * The names in git's index, read without git. git first checks whether it trusts the repository. It always does when this user owns
 * all of it, so that is what is checked here.
 *
 * @returns the names, relative to the top of the work tree; undefined when git has to be asked
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

/** Whether this user owns the work tree, `.git` and the repository, as git requires unless `safe.directory` is set. */
export function isOwn({ workTree, gitFolder }: RepositoryLocation): boolean {
  const user = process.getuid?.()
  return [workTree, join(workTree, '.git'), gitFolder].every((path) => lstatSync(path).uid === user)
}
