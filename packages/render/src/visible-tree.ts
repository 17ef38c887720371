import { diskView, narrowedView, onlyListed, type TreeView } from '@overlay-render/system'

import type { Boundary } from './boundary.ts'
import { listTrackedFiles } from './tracked-files.ts'
import type { SecretMode } from './workspace-config.ts'

/** What renders of one workspace may see of its tree. */
export interface VisibleTree {
  /** With real secrets the whole of it, with stub secrets the tracked tree: one git call for a workspace. */
  view(secrets: SecretMode, signal?: AbortSignal): Promise<TreeView>
}

/** The tree of the disk. */
export function openVisibleTree({ workTree }: Boundary): VisibleTree {
  let tracked: Promise<TreeView> | undefined
  return {
    async view(secrets, signal) {
      if (secrets === 'real' || workTree === undefined) return diskView
      tracked ??= narrow(workTree, signal)
      return tracked
    },
  }
}

async function narrow(workTree: string, signal: AbortSignal | undefined): Promise<TreeView> {
  return narrowedView(diskView, onlyListed(workTree, await listTrackedFiles(workTree, signal)))
}
