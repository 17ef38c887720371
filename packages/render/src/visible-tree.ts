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
import { readIndex } from './git-index/read-index.ts'
import { countsIndexAlone, listTrackedFiles } from './tracked-files.ts'
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
  /**
   * What `work` finds in what `view('stub')` shows. git is not started as long as its index alone answers all that `work` asks; else the
   * work is done again.
   */
  find<Result>(work: (view: TreeView) => Result, signal?: AbortSignal): Promise<Result>
  /** What git tracks or would track; outside of git, all. */
  tracked(signal?: AbortSignal): Promise<TreeView>
}

export interface VisibleTreeOptions {
  readonly workspace: string
  readonly boundary: Boundary
  /** The files of a git revision, which are all tracked; those of the disk when absent. */
  readonly view: TreeView | undefined
  /** Globs, relative to the workspace. */
  readonly secretFiles: () => readonly string[]
}

export function openVisibleTree({
  workspace,
  boundary: { workTree },
  view: whole = diskView,
  secretFiles,
}: VisibleTreeOptions): VisibleTree {
  let tracked: Promise<TreeView> | undefined
  let stub: Promise<TreeView> | undefined
  let indexed: Promise<IndexedView | undefined> | undefined
  const trackedView = async (signal?: AbortSignal): Promise<TreeView> => {
    if (workTree === undefined || whole !== diskView) return whole
    tracked ??= listTrackedFiles(workTree, signal).then((paths) =>
      narrowedView(diskView, onlyListed(workTree, paths)),
    )
    return tracked
  }
  const openIndexed = async (top: string): Promise<IndexedView | undefined> => {
    const names = readIndex(top)
    if (names === undefined) return undefined
    const { view, isSure } = indexedView(top, names, countsIndexAlone())
    return { view: await withoutSecrets(view, workspace, secretFiles()), isSure }
  }
  const stubView = async (signal?: AbortSignal): Promise<TreeView> => {
    stub ??= trackedView(signal).then((view) => withoutSecrets(view, workspace, secretFiles()))
    return stub
  }
  return {
    whole,
    tracked: trackedView,
    async find(work, signal) {
      throwIfAborted(signal)
      // What git was asked already is known better.
      if (workTree !== undefined && whole === diskView && tracked === undefined) {
        const quick = await (indexed ??= openIndexed(workTree))
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
