import { readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'

import { errnoOf, SystemFault } from '../system-fault.ts'

/** Where a repository is. Both are absolute real paths. */
export interface RepositoryPlace {
  /** The top folder of the work tree. */
  readonly workTree: string
  /** The folder that holds `HEAD`: `.git`, or where the file `.git` of a worktree or a submodule points. */
  readonly gitFolder: string
}

/**
 * The git repository around `folder`: the nearest folder at or above it with an entry called `.git`. git never checks
 * out a path with a part of that name, so such an entry is the user's own. A folder that merely has the contents of a
 * repository (`HEAD`, `objects/`, `refs/`, `config`) can be committed by anyone and counts for nothing here, where git
 * itself would take it. Reads the file system only; no program is run.
 *
 * @throws SystemFault `git-refused` when a `.git` file points to nothing, or into the work tree, which a commit can write
 */
export function findRepository(folder: string): RepositoryPlace | undefined {
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
  // Like git: a folder without HEAD is not a repository, and the search goes on above it.
  if (!kind.isFile() && statSync(join(target, 'HEAD'), { throwIfNoEntry: false }) === undefined)
    return undefined
  return requireOwn(realpathOf(target, entry), workTree, entry)
}

/** The file `.git` of a worktree or a submodule is one line, `gitdir: PATH`. */
function readGitFile(file: string): string {
  const target = /^gitdir: ([^\n]+)\n*$/u.exec(readFileSync(file, 'utf8'))?.[1]
  if (target !== undefined) return resolve(dirname(file), target)
  throw refusal(`${file} does not name a git repository`)
}

function realpathOf(folder: string, entry: string): string {
  try {
    return realpathSync(folder)
  } catch (error) {
    if (errnoOf(error) === undefined) throw error
    throw refusal(`${entry} names the git repository ${folder}, which does not exist here`, error)
  }
}

/** Below a folder called `.git` no commit can write; elsewhere in the work tree it can. */
function requireOwn(gitFolder: string, workTree: string, entry: string): string {
  const way = relative(workTree, gitFolder)
  const isInside = way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
  if (!isInside || way.split(sep).includes('.git')) return gitFolder
  throw refusal(
    `${entry} names ${basename(gitFolder)} in the work tree itself, where a commit can write it, as its git repository`,
  )
}

function refusal(message: string, cause?: unknown): SystemFault {
  return new SystemFault({
    code: 'git-refused',
    message,
    hint: 'use a work tree whose repository is its own folder .git, or is outside of it',
    cause,
  })
}
