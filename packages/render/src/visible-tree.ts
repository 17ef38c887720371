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
import { listTrackedFiles } from './tracked-files.ts'
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
  const trackedView = async (signal?: AbortSignal): Promise<TreeView> => {
    if (workTree === undefined || whole !== diskView) return whole
    tracked ??= listTrackedFiles(workTree, signal).then((paths) =>
      narrowedView(diskView, onlyListed(workTree, paths)),
    )
    return tracked
  }
  return {
    whole,
    tracked: trackedView,
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
