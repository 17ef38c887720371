import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'

import { copyTree } from './copy-tree.ts'

export interface WorkspaceCopy {
  readonly folder: string
  readonly dispose: () => Promise<void>
}

/** A copy of a tree with an overlay-render.yaml put into its workspace; the original is never written to. */
export async function copyWorkspace(tree: string, workspace: string, config: string): Promise<WorkspaceCopy> {
  const copy = await copyTree(tree)
  const folder = join(copy.path, workspace)
  await copyFile(config, join(folder, 'overlay-render.yaml'))
  return { folder, dispose: () => copy.dispose() }
}
