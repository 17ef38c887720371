import { openWorkspace, type RenderCache, type Workspace } from '@overlay-render/render'
import { Fault } from '@overlay-render/system'

import type { Terminal } from './terminal.ts'

/** What every command gets: the streams, and the flags that all of them take. */
export interface CommandContext {
  readonly terminal: Terminal
  /** The folder of `-C`. */
  readonly folder: string
  /** The file of `--kustomize`. */
  readonly kustomize: string | undefined
  /** Where renders are kept between runs; undefined with `--no-cache`. */
  readonly cache: RenderCache | undefined
}

export async function openContextWorkspace({ folder, kustomize, cache }: CommandContext): Promise<Workspace> {
  return openWorkspace(folder, {
    kustomize,
    cache,
    environment: (name) => process.env[name],
  })
}

/** The workspace, or undefined where there is none: for commands that can do without. */
export async function openWorkspaceIfAny(context: CommandContext): Promise<Workspace | undefined> {
  try {
    return await openContextWorkspace(context)
  } catch (error) {
    if (error instanceof Fault && error.code === 'workspace-not-found') return undefined
    throw error
  }
}
