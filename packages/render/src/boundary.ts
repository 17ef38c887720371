import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import { findRepository, isWithin, type RepositoryLocation } from '@overlay-render/system'

/** The folders that a render may read: the git work tree around the workspace, else the workspace and its base configs. */
export interface Boundary {
  /** Absolute real paths. */
  readonly folders: readonly string[]
  /** The deepest folder that holds all of them: what the stage mirrors. */
  readonly anchor: string
  /** The top of the git work tree; undefined outside of git. */
  readonly workTree: string | undefined
}

/** @param workspace absolute real path  @param base folder of the base configs, relative to the workspace */
export function findBoundary(workspace: string, base: string | undefined): Boundary {
  const repository = findRepository(workspace)
  if (repository !== undefined) {
    const { workTree } = repository
    return { folders: [workTree], anchor: workTree, workTree: hasObjects(repository) ? workTree : undefined }
  }
  const folders = base === undefined ? [workspace] : [workspace, resolve(workspace, base)]
  return { folders, anchor: folders.reduce(commonAncestor), workTree: undefined }
}

/**
 * False for an empty `.git` folder: git fails there and tracks nothing. The git folder of a linked worktree has no `objects` of its
 * own.
 */
function hasObjects({ workTree, gitFolder }: RepositoryLocation): boolean {
  return gitFolder !== join(workTree, '.git') || existsSync(join(gitFolder, 'objects'))
}

function ancestors(path: string): string[] {
  const parent = dirname(path)
  return parent === path ? [path] : [path, ...ancestors(parent)]
}

function commonAncestor(a: string, b: string): string {
  return ancestors(a).find((folder) => isWithin(b, folder)) ?? a
}
