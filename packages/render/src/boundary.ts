import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'

import { findRepository } from '@overlay-render/system'

/** The folders that a render may read: the git work tree around the workspace, else the workspace and its base configs. */
export interface Boundary {
  /** Absolute real paths. */
  readonly folders: readonly string[]
  /** The deepest folder that holds all of them: what the stage mirrors. */
  readonly anchor: string
}

/** @param workspace absolute real path  @param base folder of the base configs, relative to the workspace */
export function findBoundary(workspace: string, base: string | undefined): Boundary {
  const repository = findRepository(workspace)
  if (repository !== undefined) return { folders: [repository.workTree], anchor: repository.workTree }
  const folders = base === undefined ? [workspace] : [workspace, resolve(workspace, base)]
  return { folders, anchor: folders.reduce(commonAncestor) }
}

/** Whether `path` is `folder` or lies below it; both absolute. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

function ancestors(path: string): string[] {
  const parent = dirname(path)
  return parent === path ? [path] : [path, ...ancestors(parent)]
}

function commonAncestor(a: string, b: string): string {
  return ancestors(a).find((folder) => isInside(b, folder)) ?? a
}
