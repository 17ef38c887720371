import { join, relative, resolve, sep } from 'node:path'

import { errnoOf, nearestNames, type Position, type Tree } from '@overlay-render/system'

import { checkGlob, globFault } from './match-name.ts'
import { RenderFault } from './render-fault.ts'
import type { OverlayPattern } from './workspace-config.ts'

/** Most folders that one pattern may search. */
const MAX_FOLDERS = 100_000

/**
 * The folders that the patterns match, relative to the workspace with forward slashes, sorted, each with the last pattern that
 * matched it. Links that lead out of the boundary are not followed. A pattern that starts with `!` excludes folders.
 *
 * @param tree nothing outside its boundary is read
 * @param isOwn see `overlaysIn`
 * @throws RenderFault `overlays-unmatched`, `pattern-invalid` or `outside-boundary`, at the pattern's line
 */
export async function matchFolders(
  tree: Tree,
  workspace: string,
  patterns: readonly OverlayPattern[],
  { isOwn = true }: { readonly isOwn?: boolean } = {},
): Promise<[path: string, pattern: OverlayPattern][]> {
  const found = new Map<string, OverlayPattern>()
  const search = new FolderSearch(tree, workspace)
  for (const pattern of patterns) {
    const isExclusion = /^!(?!\()/u.test(pattern.text)
    const matched = await search.match({ ...pattern, text: pattern.text.slice(isExclusion ? 1 : 0) })
    if (matched.length === 0 && isOwn && pattern.position !== undefined && !isExclusion)
      throw search.unmatched(pattern)
    for (const path of matched) {
      if (isExclusion) found.delete(path)
      else found.set(path, pattern)
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1))
}

class FolderSearch {
  readonly #tree: Tree
  readonly #workspace: string

  constructor(tree: Tree, workspace: string) {
    this.#tree = tree
    this.#workspace = workspace
  }

  async match(pattern: OverlayPattern): Promise<string[]> {
    checkGlob(pattern, 'overlays')
    const { default: picomatch } = await import('picomatch')
    const { base, glob } = picomatch.scan(pattern.text)
    const start = resolve(this.#workspace, ...base.split('/'))
    if (!this.#tree.contains(start)) throw outside(pattern)
    if (glob === '') return this.#tree.isFolder(start) ? [this.#nameOf(start)] : []
    const matches = picomatch(glob)
    const depth = glob.includes('**') ? Infinity : depthOf(glob)
    const hidden = /(?:^|[/{,])\./u.test(glob)
    return this.#below(start, { depth, hidden, pattern })
      .filter((path) => matches(relative(start, path).split(sep).join('/')))
      .map((path) => this.#nameOf(path))
  }

  /** The folders below `start`, down to a depth. A link to a folder counts, but `**` does not enter it. */
  #below(
    start: string,
    { depth, hidden, pattern }: { depth: number; hidden: boolean; pattern: OverlayPattern },
  ): string[] {
    const folders: string[] = []
    let level = [start]
    for (let down = 0; down < depth && level.length > 0; down++) {
      const next: string[] = []
      for (const folder of level) {
        for (const name of this.#namesIn(folder, pattern)) {
          const path = join(folder, name)
          if ((name.startsWith('.') && !hidden) || name === '.git' || !this.#tree.isFolder(path)) continue
          folders.push(path)
          if (folders.length > MAX_FOLDERS)
            throw globFault(pattern, 'overlays', `looks into more than ${MAX_FOLDERS} folders`)
          if (depth !== Infinity || this.#tree.view.kindOf(path) === 'folder') next.push(path)
        }
      }
      level = next
    }
    return folders
  }

  #namesIn(folder: string, pattern: OverlayPattern): readonly string[] {
    if (!this.#tree.isFolder(folder)) return []
    try {
      return this.#tree.view.list(this.#tree.follow(folder).real)
    } catch (error) {
      const errno = errnoOf(error)
      if (errno === undefined) throw error
      throw new RenderFault({
        code: 'pattern-invalid',
        message: `overlays: "${pattern.text}" looks into ${this.#nameOf(folder)}, which cannot be read (${errno})`,
        position: pattern.position,
        hint: 'allow reading the folder, or write a pattern that excludes it',
        cause: error,
      })
    }
  }

  /** The fault for a pattern that matches nothing, with the nearest existing folder. */
  unmatched({ text, position }: OverlayPattern): RenderFault {
    const steps = text.split('/').filter((step) => step !== '' && step !== '.')
    let at = this.#workspace
    let step = steps.shift()
    while (step !== undefined && this.#tree.isFolder(join(at, step))) {
      at = join(at, step)
      step = steps.shift()
    }
    const names = this.#tree.isFolder(at)
      ? this.#tree.view.list(this.#tree.follow(at).real).filter((name) => this.#tree.isFolder(join(at, name)))
      : []
    const near = nearestNames(step ?? '', names)[0]
    const shown = this.#nameOf(at)
    const isFile = step !== undefined && this.#tree.view.kindOf(join(at, step)) === 'file'
    return new RenderFault({
      code: 'overlays-unmatched',
      message: `${text} in overlays matches no folder`,
      position,
      hint: isFile
        ? `name the folder of this file, ${shown}`
        : near !== undefined
          ? `did you mean ${shown === '.' ? '' : `${shown}/`}${[near, ...steps].join('/')}?`
          : names.length > 0
            ? `the folders in ${shown === '.' ? 'the workspace' : shown} are ${names.slice(0, 10).join(', ')}`
            : `${shown === '.' ? 'the workspace' : shown} has no folders`,
    })
  }

  #nameOf(path: string): string {
    return relative(this.#workspace, path).split(sep).join('/') || '.'
  }
}

/** The number of path segments that a glob matches. Slashes in braces are counted, so it may be too large. */
function depthOf(glob: string): number {
  return glob.split('/').length
}

function outside({ text, position }: { text: string; position: Position | undefined }): RenderFault {
  return new RenderFault({
    code: 'outside-boundary',
    message: `${text} in overlays is outside of the tree that this workspace may use`,
    position,
    hint: 'name folders inside of the git work tree or, where there is none, of the workspace',
  })
}
