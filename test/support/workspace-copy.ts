import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'

import { copyTree } from './copy-tree.ts'

export interface WorkspaceCopy {
  readonly folder: string
  readonly dispose: () => Promise<void>
}

/** Copies a tree and adds an overlay-render.yaml to the workspace in the copy. The original is not changed. */
export async function copyWorkspace(tree: string, workspace: string, config: string): Promise<WorkspaceCopy> {
  const copy = await copyTree(tree)
  const folder = join(copy.path, workspace)
  await copyFile(config, join(folder, 'overlay-render.yaml'))
  return { folder, dispose: () => copy.dispose() }
}
