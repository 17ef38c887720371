import { openWorkspace, type Workspace } from '@overlay-render/render'

import type { Terminal } from './terminal.ts'

/** What every command gets: the streams, and the flags that all of them take. */
export interface CommandContext {
  readonly terminal: Terminal
  /** The folder of `-C`. */
  readonly folder: string
  /** The file of `--kustomize`. */
  readonly kustomize: string | undefined
}

export async function openContextWorkspace({ folder, kustomize }: CommandContext): Promise<Workspace> {
  return openWorkspace(folder, {
    kustomize,
    environment: (name) => process.env[name],
  })
}
