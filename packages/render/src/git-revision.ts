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

/** What git said in earlier runs, which holds for as long as its references and objects do. */
export type GitMemory = Pick<WorkspaceCache, 'atReferences' | 'objects'>

/** How a workspace is opened as it was. */
export interface PastOpener {
  /** Opens it in other files than those of the disk. */
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
 * The commit that `name` means in the repository around `folder`.
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
      message: `${name} is read as a git revision, but the workspace is in no git work tree`,
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

/** The commit that `find` has from git, which is not asked again while nothing that decides it has changed. */
export async function rememberedCommit(
  repository: GitRepository,
  revisions: readonly string[],
  memory: GitMemory | undefined,
  find: () => Promise<string>,
): Promise<string> {
  return memory?.atReferences(refState(repository, revisions), find) ?? find()
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
 * Works with the workspace as it is at a revision: its files are read from git's objects, nothing is checked out. The
 * work may be done more than once, so it must do nothing but return.
 *
 * @param folder the workspace's
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
        message: `the workspace does not exist at ${commit.slice(0, 12)}`,
        hint: 'compare with a revision that has it',
      })
    }
    return await tree.settle(() => atCommit(commit, async () => work(await openAt(tree.view))), signal)
  } finally {
    tree.dispose()
  }
}

/** Does work with the files of a commit. The position of a fault says which commit, as git does: the work tree may not have that fault. */
export async function atCommit<Result>(commit: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Fault) || error.position === undefined) throw error
    const { file, ...place } = error.position
    throw error.with({ position: { file: `${commit.slice(0, 12)}:${file}`, ...place } })
  }
}
