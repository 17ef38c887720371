import { dirname, isAbsolute, join, parse, sep } from 'node:path'

import type { EntryKind, TreeView } from './tree-view.ts'

/** A symbolic link that was followed. The folder it stands in is real. */
export interface FollowedLink {
  readonly path: string
  /** Its text, as written. */
  readonly target: string
}

export type Resolution =
  | {
      readonly outcome: 'found'
      readonly real: string
      readonly kind: EntryKind
      readonly links: readonly FollowedLink[]
    }
  /** `real` is where the file would stand. */
  | { readonly outcome: 'missing'; readonly real: string; readonly links: readonly FollowedLink[] }
  | { readonly outcome: 'loop'; readonly real: string; readonly links: readonly FollowedLink[] }

/** Follows paths to their real places, and remembers what it saw. */
export interface PathResolver {
  /** @param path absolute and clean */
  resolve(path: string): Resolution
}

/** As in Go's filepath.EvalSymlinks, which kustomize uses. */
const MOST_LINKS = 255

export function makePathResolver(view: TreeView): PathResolver {
  const seen = new Map<string, Resolution>()
  return {
    resolve(path) {
      const known = seen.get(path)
      if (known !== undefined) return known
      const folder = seen.get(dirname(path))
      const resolution =
        folder?.outcome === 'found' && folder.kind === 'folder'
          ? follow(view, folder.real, path.slice(dirname(path).length), folder.links)
          : follow(view, parse(path).root, path.slice(parse(path).root.length), [])
      seen.set(path, resolution)
      return resolution
    },
  }
}

/** Walks `path` from the real folder `start`. A `..` in the text of a link backs up from where the link led. */
function follow(view: TreeView, start: string, path: string, before: readonly FollowedLink[]): Resolution {
  const pending = namesOf(path).toReversed()
  const links = [...before]
  let real = start
  let kind: EntryKind = 'folder'
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (name === '' || name === '.') continue
    if (name === '..') {
      real = dirname(real)
      kind = 'folder'
      continue
    }
    const next = join(real, name)
    const found: EntryKind | undefined = kind === 'folder' ? view.kindOf(next) : undefined
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
    if (links.length > MOST_LINKS) return { outcome: 'loop', real: next, links }
    if (isAbsolute(target)) real = parse(target).root
    pending.push(...namesOf(target).toReversed())
  }
  return { outcome: 'found', real, kind, links }
}

function namesOf(path: string): string[] {
  return path.split(sep === '\\' ? /[/\\]/u : '/')
}

/** True when `path` is `folder` or below it, by whole names. Both are clean and absolute. */
export function isWithin(path: string, folder: string): boolean {
  if (path === folder) return true
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}
