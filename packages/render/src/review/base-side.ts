import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'

import { type GitRepository, openRepository } from '@overlay-render/system'

import { checkOutRevision, resolveRevision } from '../git-revision.ts'
import type { CallOptions } from '../progress.ts'
import { RenderFault } from '../render-fault.ts'
import { CONFIG_FILE } from '../workspace-config.ts'
import type { BaseSide, ReviewSide } from './review-side.ts'

export interface OpenBaseOptions extends CallOptions {
  /** The text of the work tree's configuration; undefined when there is none. */
  readonly configuration: string | undefined
  /** Opens the workspace in the files of the base, with `configuration` where it has none of its own. */
  readonly open: (folder: string, boundary: string, configuration: string | undefined) => Promise<ReviewSide>
}

/**
 * Opens the workspace as it was where the current commit left `revision`: their merge base, so that what others merged in the
 * meantime is no part of the change.
 *
 * @param folder the workspace, an absolute real path
 * @throws RenderFault `revision-unknown`
 */
export async function openBase(
  folder: string,
  revision: string,
  { open, configuration, signal }: OpenBaseOptions,
): Promise<BaseSide> {
  const repository = await openRepository(folder, signal)
  if (repository === undefined) {
    throw new RenderFault({
      code: 'revision-unknown',
      message: `${revision} is a git revision, but the workspace is in no git work tree`,
      hint: 'run this in a git clone',
    })
  }
  const commit = await mergeBase(repository, revision, signal)
  const tree = await checkOutRevision(repository, commit, signal)
  try {
    const before = join(tree.folder.path, relative(repository.workTree, folder))
    const borrowsConfiguration = configuration !== undefined && !existsSync(join(before, CONFIG_FILE))
    // Without the workspace's folder every overlay is new.
    const place = existsSync(before) ? before : tree.folder.path
    const side = await open(place, tree.folder.path, borrowsConfiguration ? configuration : undefined)
    return { ...side, commit, revision, borrowsConfiguration, dispose: () => tree.folder.dispose() }
  } catch (error) {
    await tree.folder.dispose()
    throw error
  }
}

async function mergeBase(
  repository: GitRepository,
  revision: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const commit = await resolveRevision(repository, revision, signal)
  if (commit === undefined) {
    throw new RenderFault({
      code: 'revision-unknown',
      message: `git knows no revision ${revision}`,
      hint: `check the name, or fetch it: git fetch origin ${revision.replace(/^origin\//u, '')}`,
    })
  }
  const { exitCode, stdout } = await repository.run('merge-base', ['--end-of-options', commit, 'HEAD'], {
    signal,
  })
  const found = Buffer.from(stdout).toString().trim()
  if (exitCode === 0 && found !== '') return found
  throw new RenderFault({
    code: 'revision-unknown',
    message: `git finds no common commit of ${revision} and HEAD`,
    hint: 'a shallow clone lacks it: fetch more history with git fetch --unshallow',
  })
}
