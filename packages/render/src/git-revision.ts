import { join } from 'node:path'

import {
  type GitRepository,
  makeTemporaryFolder,
  type ProcessResult,
  type TemporaryFolder,
} from '@overlay-render/system'

import { RenderFault } from './render-fault.ts'

/** The files of a revision, in a folder of their own. */
export interface RevisionTree {
  /** The commit's full hash. */
  readonly commit: string
  readonly folder: TemporaryFolder
}

/** The commit that `revision` names in the repository, or undefined when it names none. */
export async function resolveRevision(
  repository: GitRepository,
  revision: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  // --end-of-options: a revision that starts with a dash is no option.
  const args = ['--quiet', '--verify', '--end-of-options', `${revision}^{commit}`]
  const { exitCode, stdout } = await repository.run('rev-parse', args, { signal })
  return exitCode === 0 ? Buffer.from(stdout).toString().trim() : undefined
}

/**
 * Writes the files of a commit to a temporary folder, by way of an index of its own: neither the work tree nor
 * the repository is touched. Links are links, submodules are empty folders, and what a filter such as LFS keeps
 * elsewhere stays a pointer: no filter and no hook is run.
 *
 * @throws RenderFault `revision-unknown`
 */
export async function checkOutRevision(
  repository: GitRepository,
  commit: string,
  signal?: AbortSignal,
): Promise<RevisionTree> {
  const folder = await makeTemporaryFolder('revision')
  const options = { signal, index: join(folder.path, '.overlay-render-index') }
  try {
    require(await repository.run('read-tree', [commit], options), commit)
    const args = ['--all', `--prefix=${folder.path}/`]
    require(await repository.run('checkout-index', args, options), commit)
    return { commit, folder }
  } catch (error) {
    await folder.dispose()
    throw error
  }
}

function require({ exitCode, stderr }: ProcessResult, commit: string): void {
  if (exitCode === 0) return
  throw new RenderFault({
    code: 'revision-unknown',
    message: `git cannot give the files of ${commit.slice(0, 12)}`,
    hint: 'a shallow or partial clone has not got every commit and file: fetch it whole; nothing is fetched from here',
    verbose: stderr,
  })
}
