import { readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'

import { errnoOf, SystemFault } from '../system-fault.ts'

/** Where a repository is. Both are absolute real paths. */
export interface RepositoryLocation {
  /** The top folder of the work tree. */
  readonly workTree: string
  /** The folder with `HEAD`: `.git`, or the target of the `.git` file of a worktree or a submodule. */
  readonly gitFolder: string
}

/**
 * The git repository around `folder`: the nearest folder at or above it with an entry `.git`. git never checks out a
 * path that contains `.git`, so no commit can forge such an entry. Unlike git, this ignores folders that only have the
 * contents of a repository (`HEAD`, `objects/`, `refs/`, `config`), because anyone can commit those. It reads the file
 * system and runs no program.
 *
 * @throws SystemFault `git-refused` when a `.git` file points to nothing, or into the work tree, which a commit can change
 */
export function findRepository(folder: string): RepositoryLocation | undefined {
  for (let workTree = realpathSync(folder); ; workTree = dirname(workTree)) {
    const gitFolder = gitFolderOf(workTree)
    if (gitFolder !== undefined) return { workTree, gitFolder }
    if (workTree === dirname(workTree)) return undefined
  }
}

function gitFolderOf(workTree: string): string | undefined {
  const entry = join(workTree, '.git')
  const kind = statSync(entry, { throwIfNoEntry: false })
  if (kind === undefined) return undefined
  const target = kind.isFile() ? readGitFile(entry) : entry
  // Like git: a folder without HEAD is not a repository, so the search continues above it.
  if (!kind.isFile() && statSync(join(target, 'HEAD'), { throwIfNoEntry: false }) === undefined)
    return undefined
  return requireOwn(realpathOf(target, entry), workTree, entry)
}

/** The file `.git` of a worktree or a submodule is one line, `gitdir: PATH`. */
function readGitFile(file: string): string {
  const target = /^gitdir: ([^\n]+)\n*$/u.exec(readFileSync(file, 'utf8'))?.[1]
  if (target !== undefined) return resolve(dirname(file), target)
  throw refusal(`${file} does not point to a git repository`)
}

function realpathOf(folder: string, entry: string): string {
  try {
    return realpathSync(folder)
  } catch (error) {
    if (errnoOf(error) === undefined) throw error
    throw refusal(`${entry} points to the git repository ${folder}, which does not exist`, error)
  }
}

/** A commit can write anywhere in the work tree except below a folder called `.git`. */
function requireOwn(gitFolder: string, workTree: string, entry: string): string {
  const path = relative(workTree, gitFolder)
  const isInside = path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path)
  if (!isInside || path.split(sep).includes('.git')) return gitFolder
  throw refusal(
    `${entry} points to ${basename(gitFolder)} inside the work tree, where any commit can change it`,
  )
}

function refusal(message: string, cause?: unknown): SystemFault {
  return new SystemFault({
    code: 'git-refused',
    message,
    hint: 'use a work tree with its own .git folder, or one whose repository is outside of it',
    cause,
  })
}
