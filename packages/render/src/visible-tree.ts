import { relative, sep } from 'node:path'

import {
  diskView,
  type GitRepository,
  type IsVisible,
  isWithin,
  narrowedView,
  throwIfAborted,
  type TreeView,
} from '@overlay-render/system'

import type { Boundary } from './boundary.ts'
import { type IndexedView, indexedView } from './git-index/indexed-view.ts'
import { readIndex } from './git-index/read-index.ts'
import { askTrackedFiles, countsIndexAlone, type TrackedFiles } from './tracked-files.ts'
import type { SecretMode } from './workspace-config.ts'

/** The parts of a workspace's tree that renders can see. */
export interface VisibleTree {
  /** All files, on disk or of a revision. */
  readonly whole: TreeView
  /**
   * With real secrets the whole tree. With stub secrets the tracked files without those of `secrets.files`; outside of git, all
   * files without those. git runs once per workspace.
   */
  view(secrets: SecretMode, signal?: AbortSignal): Promise<TreeView>
  /**
   * Runs `work` on `view('stub')`. git is not started if its index alone can answer every question of `work`; otherwise `work` runs
   * again, so it must have no side effects.
   */
  find<Result>(work: (view: TreeView) => Result, signal?: AbortSignal): Promise<Result>
  /** The files that git tracks or would track; all files outside of git. */
  tracked(signal?: AbortSignal): Promise<TreeView>
  /** The real paths of the files that git does not track but would; none outside of git, and in a revision. */
  added(signal?: AbortSignal): Promise<readonly string[]>
}

/** What decides which files renders can see. */
export interface VisibleTreeOptions {
  readonly workspace: string
  readonly boundary: Boundary
  /** The files of a git revision, which are all tracked; those on disk when absent. */
  readonly view: TreeView | undefined
  /** The repository of the boundary's work tree. */
  readonly repository: () => Promise<GitRepository | undefined>
  /** Globs of secret files, relative to the workspace. */
  readonly secretFiles: () => readonly string[]
}

/** Opens the visible parts of a workspace's tree. git is asked on first use. */
export function openVisibleTree({
  workspace,
  boundary: { workTree },
  view: whole = diskView,
  repository,
  secretFiles,
}: VisibleTreeOptions): VisibleTree {
  let listed: Promise<TrackedFiles> | undefined
  let stub: Promise<TreeView> | undefined
  let indexed: Promise<IndexedView | undefined> | undefined
  const list = async (signal?: AbortSignal): Promise<TrackedFiles | undefined> => {
    if (workTree === undefined || whole !== diskView) return undefined
    return (listed ??= repository().then((git) => askTrackedFiles(workTree, git, signal)))
  }
  const trackedView = async (signal?: AbortSignal): Promise<TreeView> => {
    const files = await list(signal)
    return files === undefined ? whole : narrowedView(diskView, files.isVisible)
  }
  const stubView = async (signal?: AbortSignal): Promise<TreeView> => {
    stub ??= trackedView(signal).then((view) => withoutSecrets(view, workspace, secretFiles()))
    return stub
  }
  return {
    whole,
    tracked: trackedView,
    added: async (signal) => (await list(signal))?.added ?? [],
    async find(work, signal) {
      throwIfAborted(signal)
      // If git has answered already, its answer is used.
      if (workTree !== undefined && whole === diskView && listed === undefined) {
        const quick = await (indexed ??= openIndexed(workTree, workspace, secretFiles()))
        const found = quick?.isSure() === true ? { result: work(quick.view) } : undefined
        if (found !== undefined && quick?.isSure() === true) return found.result
      }
      return work(await stubView(signal))
    },
    async view(secrets, signal) {
      throwIfAborted(signal)
      if (secrets === 'real') return whole
      return stubView(signal)
    },
  }
}

/** The tracked files by git's index alone; undefined when only git can read the index. */
async function openIndexed(
  workTree: string,
  workspace: string,
  secretFiles: readonly string[],
): Promise<IndexedView | undefined> {
  const names = readIndex(workTree)
  if (names === undefined) return undefined
  const { view, isSure } = indexedView(workTree, names, countsIndexAlone())
  return { view: await withoutSecrets(view, workspace, secretFiles), isSure }
}

/** The view without the files that match the globs, which work as in a .gitignore of the workspace. */
async function withoutSecrets(
  view: TreeView,
  workspace: string,
  globs: readonly string[],
): Promise<TreeView> {
  if (globs.length === 0) return view
  const { default: ignore } = await import('ignore')
  const secrets = ignore().add([...globs])
  const isVisible: IsVisible = (path) =>
    path === workspace ||
    !isWithin(path, workspace) ||
    !secrets.ignores(relative(workspace, path).replaceAll(sep, '/'))
  return narrowedView(view, isVisible)
}
