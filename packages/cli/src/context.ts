import { openWorkspace, type RenderCache, type Workspace } from '@overlay-render/render'
import { Fault } from '@overlay-render/system'

import type { Terminal } from './terminal.ts'

/** What every command gets: the streams, and the global flags. */
export interface CommandContext {
  readonly terminal: Terminal
  /** The folder of `-C`. */
  readonly folder: string
  /** The file of `--kustomize`. */
  readonly kustomize: string | undefined
  /** The cache; undefined with `--no-cache`. */
  readonly cache: RenderCache | undefined
}

/** Opens the workspace of `-C`. */
export async function openContextWorkspace({ folder, kustomize, cache }: CommandContext): Promise<Workspace> {
  return openWorkspace(folder, {
    kustomize,
    cache,
    environment: (name) => process.env[name],
  })
}

/** The workspace; undefined when there is none, for commands that do not need one. */
export async function openWorkspaceIfAny(context: CommandContext): Promise<Workspace | undefined> {
  try {
    return await openContextWorkspace(context)
  } catch (error) {
    if (error instanceof Fault && error.code === 'workspace-not-found') return undefined
    throw error
  }
}
