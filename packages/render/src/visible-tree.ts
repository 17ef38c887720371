import { relative, sep } from 'node:path'

import {
  diskView,
  type IsVisible,
  isWithin,
  narrowedView,
  onlyListed,
  throwIfAborted,
  type TreeView,
} from '@overlay-render/system'

import type { Boundary } from './boundary.ts'
import { type IndexedView, indexedView } from './git-index/indexed-view.ts'
import type { IndexMemory } from './git-index/index-memory.ts'
import { listTrackedNames, pathsOf } from './tracked-files.ts'
import type { SecretMode } from './workspace-config.ts'

/** What renders of one workspace may see of its tree. */
export interface VisibleTree {
  /** All files, of the disk or of a revision. */
  readonly whole: TreeView
  /**
   * With real secrets the whole of it. With stub secrets the tracked tree without the files that `secrets.files` lists;
   * outside of git, all but those. One git call for a workspace.
   */
  view(secrets: SecretMode, signal?: AbortSignal): Promise<TreeView>
  /** What `view('stub')` shows, as far as git's index is known without starting git; undefined where it is not, or where there is no git. */
  indexed(): Promise<IndexedView | undefined>
  /** What git tracks or would track; outside of git, all. */
  tracked(signal?: AbortSignal): Promise<TreeView>
}

export interface VisibleTreeOptions {
  readonly workspace: string
  readonly boundary: Boundary
  /** The files of a git revision, which are all tracked; those of the disk when absent. */
  readonly view: TreeView | undefined
  /** Where git's index is kept between runs; nowhere when absent. */
  readonly memory?: IndexMemory | undefined
  /** Globs, relative to the workspace. */
  readonly secretFiles: () => readonly string[]
}

export function openVisibleTree({
  workspace,
  boundary: { workTree },
  view: whole = diskView,
  memory,
  secretFiles,
}: VisibleTreeOptions): VisibleTree {
  let tracked: Promise<TreeView> | undefined
  let stub: Promise<TreeView> | undefined
  let indexed: Promise<IndexedView | undefined> | undefined
  const trackedView = async (signal?: AbortSignal): Promise<TreeView> => {
    if (workTree === undefined || whole !== diskView) return whole
    const list = async (): ReturnType<typeof listTrackedNames> => listTrackedNames(workTree, signal)
    tracked ??= (memory === undefined ? list() : memory.keep(workTree, list)).then((names) =>
      narrowedView(diskView, onlyListed(workTree, pathsOf(names, workTree))),
    )
    return tracked
  }
  const openIndexed = async (top: string): Promise<IndexedView | undefined> => {
    const names = memory?.recall(top)
    if (names === undefined) return undefined
    const { view, isSure } = indexedView(top, names)
    return { view: await withoutSecrets(view, workspace, secretFiles()), isSure }
  }
  return {
    whole,
    tracked: trackedView,
    async indexed() {
      // What git was asked already is known better.
      if (workTree === undefined || whole !== diskView || tracked !== undefined) return undefined
      indexed ??= openIndexed(workTree)
      return indexed
    },
    async view(secrets, signal) {
      throwIfAborted(signal)
      if (secrets === 'real') return whole
      stub ??= trackedView(signal).then((view) => withoutSecrets(view, workspace, secretFiles()))
      return stub
    },
  }
}

/** The view without what the globs match, which mean what they mean in a .gitignore of the workspace. */
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
