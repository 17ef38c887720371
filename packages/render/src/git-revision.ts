import {
  Fault,
  type GitRepository,
  openRepository,
  refState,
  RevisionTree,
  type TreeView,
} from '@overlay-render/system'

import type { WorkspaceCache } from './cache/workspace-cache.ts'
import { RenderFault } from './render-fault.ts'
import { unknownRevision } from './unknown-revision.ts'
import type { OpenedWorkspace } from './opened-workspace.ts'

/** Answers of git from earlier runs. They hold for as long as its references and objects do. */
export type GitMemory = Pick<WorkspaceCache, 'atReferences' | 'objects'>

/** How to open the workspace at another revision. */
export interface PastOpener {
  /** Opens the workspace in the files of a view. */
  readonly openAt: (view: TreeView) => Promise<OpenedWorkspace>
  /** Nothing is remembered when undefined. */
  readonly memory: GitMemory | undefined
}

/** A commit, and the repository that it is in. */
export interface Revision {
  readonly repository: GitRepository
  /** The full hash. */
  readonly commit: string
}

/**
 * The commit that `name` resolves to in the repository around `folder`.
 *
 * @throws RenderFault `revision-unknown`
 */
export async function findRevision(
  folder: string,
  name: string,
  { memory, signal }: { readonly memory: GitMemory | undefined; readonly signal?: AbortSignal | undefined },
): Promise<Revision> {
  const repository = await openRepository(folder, signal)
  if (repository === undefined) {
    throw new RenderFault({
      code: 'revision-unknown',
      message: `${name} is read as a git revision, but the workspace is not in a git work tree`,
      hint: 'name a file with file:PATH',
    })
  }
  const commit = await rememberedCommit(repository, [name], memory, async () => {
    const found = await resolveRevision(repository, name, signal)
    if (found !== undefined) return found
    throw unknownRevision(name, repository)
  })
  return { repository, commit }
}

/** The commit that `find` resolves. It is remembered for as long as the references that decide it do not change. */
export async function rememberedCommit(
  repository: GitRepository,
  revisions: readonly string[],
  memory: GitMemory | undefined,
  find: () => Promise<string>,
): Promise<string> {
  return memory?.atReferences(refState(repository, revisions), find) ?? find()
}

/** The commit that `revision` resolves to in the repository; undefined when there is none. */
export async function resolveRevision(
  repository: GitRepository,
  revision: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  // `:/TEXT` names a commit by its message, and takes what follows as part of the text.
  const commitish = revision.startsWith(':/') ? revision : `${revision}^{commit}`
  // --end-of-options: a revision that starts with a dash is not read as an option.
  const args = ['--quiet', '--verify', '--end-of-options', commitish]
  const { exitCode, stdout } = await repository.run('rev-parse', args, { signal })
  const commit = Buffer.from(stdout).toString().trim()
  // For ^NAME, which excludes a commit, git prints ^HASH.
  return exitCode === 0 && /^[0-9a-f]+$/u.test(commit) ? commit : undefined
}

/**
 * Runs `work` with the workspace at a revision. Its files are read from git's objects; nothing is checked out. `work` may run more
 * than once, so it must have no side effects.
 *
 * @param folder the folder of the workspace
 */
export async function atRevision<Result>(
  { repository, commit }: Revision,
  folder: string,
  { openAt, memory }: PastOpener,
  work: (workspace: OpenedWorkspace) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  const tree = await RevisionTree.open(repository, commit, folder, { signal, memory: memory?.objects })
  try {
    if (tree.view.kindOf(folder) !== 'folder') {
      throw new RenderFault({
        code: 'workspace-not-found',
        message: `the workspace does not exist at revision ${commit.slice(0, 12)}`,
        hint: 'compare with a revision that has it',
      })
    }
    return await tree.settle(() => atCommit(commit, async () => work(await openAt(tree.view))), signal)
  } finally {
    tree.dispose()
  }
}

/** Runs `work` on the files of a commit. The positions of its faults name the commit, as git does, since the work tree may differ. */
export async function atCommit<Result>(commit: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Fault) || error.position === undefined) throw error
    const { file, ...place } = error.position
    throw error.with({ position: { file: `${commit.slice(0, 12)}:${file}`, ...place } })
  }
}
