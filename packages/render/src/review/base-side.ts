import { join } from 'node:path'

import { changedFiles, Fault, type GitRepository, RevisionTree, type TreeView } from '@overlay-render/system'

import { atCommit, type GitMemory, rememberedCommit, resolveRevision } from '../git-revision.ts'
import type { CallOptions } from '../progress.ts'
import { RenderFault } from '../render-fault.ts'
import { isShallow, unknownRevision, UNSHALLOW } from '../unknown-revision.ts'
import { CONFIG_FILE } from '../workspace-config.ts'
import type { BaseSide, ReviewSide } from './review-side.ts'

/** How to open the base of a change. */
export interface OpenBaseOptions extends CallOptions {
  /** The text of the work tree's configuration; undefined when there is none. */
  readonly configuration: string | undefined
  /** The cache for answers of git; nothing is kept when absent. */
  readonly memory: GitMemory | undefined
  /** The git repository around the workspace. */
  readonly repository: () => Promise<GitRepository | undefined>
  /** Opens the workspace in the files of the base. @param configuration replaces the base's own configuration, if given */
  readonly open: (folder: string, view: TreeView, configuration: string | undefined) => Promise<ReviewSide>
}

/**
 * Opens the workspace at the base of a change, runs `work`, and closes it.
 *
 * @param folder the absolute real path of the workspace
 * @throws RenderFault `revision-unknown`
 */
export async function withBase<Result>(
  folder: string,
  revision: string,
  options: OpenBaseOptions,
  work: (base: BaseSide) => Promise<Result>,
): Promise<Result> {
  const base = await openBase(folder, revision, options)
  try {
    return await work(base)
  } finally {
    base.dispose()
  }
}

/** Opens the workspace at the merge base of HEAD and `revision`, so that other merged changes are not part of this change. */
async function openBase(
  folder: string,
  revision: string,
  { open, configuration, memory, repository: openRepository, signal }: OpenBaseOptions,
): Promise<BaseSide> {
  const repository = await openRepository()
  if (repository === undefined) {
    throw new RenderFault({
      code: 'revision-unknown',
      message: `${revision} is a git revision, but the workspace is not in a git work tree`,
      hint: 'run this in a git clone',
    })
  }
  const commit = await rememberedCommit(repository, [revision, 'HEAD'], memory, () =>
    mergeBase(repository, revision, signal),
  )
  const tree = await RevisionTree.open(repository, commit, folder, { signal, memory: memory?.objects })
  try {
    const hasOwn = tree.view.kindOf(join(folder, CONFIG_FILE)) !== undefined
    // If the base lacks the workspace's folder, every overlay is new.
    const place = tree.view.kindOf(folder) === 'folder' ? folder : repository.workTree
    const openWith = async (borrowed: string | undefined): Promise<ReviewSide> =>
      tree.settle(() => atCommit(commit, () => open(place, tree.view, borrowed)), signal)
    const own = hasOwn || configuration === undefined ? await openOwn(openWith, configuration) : undefined
    const borrowsConfiguration = own === undefined
    return {
      ...(own ?? (await openWith(configuration))),
      commit,
      revision,
      borrowsConfiguration,
      convertsFiles: tree.convertsFiles,
      changedFiles: async (given) => changedFiles(repository, commit, given ?? signal),
      settle: async (work) => tree.settle(work, signal),
      dispose: () => tree.dispose(),
    }
  } catch (error) {
    tree.dispose()
    throw error
  }
}

/** The codes of faults in a configuration, alone or together with the overlays of the tree. */
const CONFIGURATION_FAULTS: ReadonlySet<string> = new Set([
  'workspace-config-invalid',
  'overlay-unknown',
  'overlays-unmatched',
  'pattern-invalid',
  'outside-boundary',
  'not-readable',
])

/** Undefined when the base's own configuration is not valid. A change that corrects it is then reviewed with the work tree's. */
async function openOwn(
  openWith: (configuration: string | undefined) => Promise<ReviewSide>,
  configuration: string | undefined,
): Promise<ReviewSide | undefined> {
  try {
    return await openWith(undefined)
  } catch (error) {
    const isInvalid = error instanceof Fault && CONFIGURATION_FAULTS.has(error.code)
    if (isInvalid && configuration !== undefined) return undefined
    throw error
  }
}

async function mergeBase(
  repository: GitRepository,
  revision: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const commit = await resolveRevision(repository, revision, signal)
  const found = commit === undefined ? undefined : await askMergeBase(repository, commit, signal)
  if (found !== undefined) return found
  if ((await resolveRevision(repository, 'HEAD', signal)) === undefined) {
    throw new RenderFault({
      code: 'revision-unknown',
      message: 'HEAD has no commit yet, so there is no change to compare',
      hint: 'commit the change, or check out its branch',
    })
  }
  if (commit === undefined) throw unknownRevision(revision, repository)
  throw new RenderFault({
    code: 'revision-unknown',
    message: `git finds no common commit of ${revision} and HEAD`,
    hint: isShallow(repository)
      ? `this clone is shallow: ${UNSHALLOW}`
      : 'name a branch or a commit that HEAD started from',
  })
}

/** Undefined when there is none. */
async function askMergeBase(
  repository: GitRepository,
  commit: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const args = ['--end-of-options', commit, 'HEAD']
  const { exitCode, stdout } = await repository.run('merge-base', args, { signal })
  return exitCode === 0 ? Buffer.from(stdout).toString().trim() || undefined : undefined
}
