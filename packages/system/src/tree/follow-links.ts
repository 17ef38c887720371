import { basename, dirname, isAbsolute, join, parse, sep } from 'node:path'

import type { EntryKind } from '../entry-kind.ts'
import type { TreeView } from './tree-view.ts'

/** A symbolic link that was followed. */
export interface FollowedLink {
  /** The link's path; its folder is a real path. */
  readonly path: string
  /** The target as written. */
  readonly target: string
}

/** The result of resolving a path. */
export type Resolution =
  | {
      readonly outcome: 'found'
      readonly real: string
      /** Never `link`. */
      readonly kind: EntryKind
      readonly links: readonly FollowedLink[]
    }
  /** `real` is the path that the file would have. */
  | { readonly outcome: 'missing'; readonly real: string; readonly links: readonly FollowedLink[] }
  | { readonly outcome: 'loop'; readonly real: string; readonly links: readonly FollowedLink[] }

/** The limit of Go's filepath.EvalSymlinks, which kustomize uses. */
const MAX_LINKS = 255

/** Resolves paths to real paths in a view, and caches the results. */
export class LinkFollower {
  readonly #view: TreeView
  /** By unresolved path, so that a folder is resolved once for all of its files. */
  readonly #seen = new Map<string, Resolution>()

  constructor(view: TreeView) {
    this.#view = view
  }

  /** @param path absolute and clean, so without `..` */
  follow(path: string): Resolution {
    const names: string[] = []
    let at = path
    while (!this.#seen.has(at) && dirname(at) !== at) {
      names.push(basename(at))
      at = dirname(at)
    }
    let resolution = this.#seen.get(at) ?? { outcome: 'found', real: at, kind: 'folder', links: [] }
    for (let name = names.pop(); name !== undefined; name = names.pop()) {
      at = join(at, name)
      resolution = step(this.#view, resolution, name)
      this.#seen.set(at, resolution)
    }
    return resolution
  }

  /** Whether a folder is at `path`, links followed. */
  isFolder(path: string): boolean {
    const found = this.follow(path)
    return found.outcome === 'found' && found.kind === 'folder'
  }

  /** Clears the cache, after the view has changed. */
  forget(): void {
    this.#seen.clear()
  }
}

function step(view: TreeView, folder: Resolution, name: string): Resolution {
  if (folder.outcome === 'loop') return folder
  if (folder.outcome === 'found' && folder.kind === 'folder')
    return resolveFrom(view, folder.real, name, folder.links)
  return { outcome: 'missing', real: join(folder.real, name), links: folder.links }
}

/** Resolves `path` from the real folder `start`. A `..` in a link's target means the parent of the resolved folder. */
function resolveFrom(
  view: TreeView,
  start: string,
  path: string,
  before: readonly FollowedLink[],
): Resolution {
  const pending = namesOf(path).toReversed()
  const links = [...before]
  let real = start
  let kind: EntryKind = 'folder'
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const isStep = name === '' || name === '.' || name === '..'
    const next = name === '..' ? dirname(real) : join(real, name)
    // Nothing follows a file, not even `/` or `/..`: the system and Go answer ENOTDIR.
    const found: EntryKind | undefined = kind !== 'folder' ? undefined : isStep ? 'folder' : view.kindOf(next)
    if (found === undefined) {
      return { outcome: 'missing', real: join(next, ...pending.toReversed()), links }
    }
    if (found !== 'link') {
      real = next
      kind = found
      continue
    }
    const target = view.readLink(next)
    links.push({ path: next, target })
    if (links.length > MAX_LINKS) return { outcome: 'loop', real: next, links }
    if (isAbsolute(target)) real = parse(target).root
    pending.push(...namesOf(target).toReversed())
  }
  return { outcome: 'found', real, kind, links }
}

function namesOf(path: string): string[] {
  return path.split(sep === '\\' ? /[/\\]/u : '/')
}
