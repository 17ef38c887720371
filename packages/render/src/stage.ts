import { copyFileSync, lstatSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'

import { diskView, type EntryKind, type TreeView } from '@overlay-render/kustomize'
import { errnoOf, SystemFault, writeFault } from '@overlay-render/system'

import { type Boundary, isInside } from './boundary.ts'
import { RenderFault } from './render-fault.ts'

type Entry =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'folder' }
  | { readonly kind: 'absent' }

const MAX_LINKS = 40

/**
 * A private copy of the inputs of one overlay. Files that configs, templates, edits and stub secrets lay are
 * kept in a layer over the user's tree, which is only read; `materialize` writes the inputs that the graph
 * names, and nothing else, to a folder of its own for the build.
 *
 * All paths are absolute paths of the user's tree, so messages need no translation.
 */
export class Stage implements TreeView {
  readonly boundary: Boundary
  readonly #layer = new Map<string, Entry>()
  readonly #consulted = new Set<string>()
  readonly #shown: (path: string) => string

  constructor(boundary: Boundary, shown: (path: string) => string) {
    this.boundary = boundary
    this.#shown = shown
  }

  /** Every file of the user's tree that was read so far, and every path at which none was found. */
  get consulted(): ReadonlySet<string> {
    return this.#consulted
  }

  /** What stands at `path` itself, links not followed; undefined when nothing does. */
  kindOf(path: string): EntryKind | undefined {
    const laid = this.#layer.get(path)
    if (laid !== undefined) return laid.kind === 'absent' ? undefined : laid.kind
    const kind = diskView.kindOf(path)
    if (kind === undefined) this.#consulted.add(path)
    return kind
  }

  /** The text of the link at `path`. */
  readLink(path: string): string {
    const laid = this.#layer.get(path)
    return laid?.kind === 'link' ? laid.target : diskView.readLink(path)
  }

  /** The bytes of the file at `path`, which is no link. */
  readFile(path: string): Uint8Array {
    const laid = this.#layer.get(path)
    if (laid?.kind === 'file') return laid.bytes
    this.#consulted.add(path)
    try {
      return diskView.readFile(path)
    } catch (error) {
      throw new SystemFault({
        code: errnoOf(error) === 'ENOENT' ? 'not-found' : 'not-readable',
        message: `cannot read ${this.#shown(path)}: ${errnoOf(error) ?? 'the system refused'}`,
        cause: error,
      })
    }
  }

  /** The names in the folder at `path`, sorted. */
  list(path: string): string[] {
    const onDisk = diskView.kindOf(path) === 'folder' ? readdirSync(path) : []
    const names = new Set(onDisk.filter((name) => this.kindOf(join(path, name)) !== undefined))
    for (const [laidPath, entry] of this.#layer) {
      if (dirname(laidPath) === path && entry.kind !== 'absent') names.add(basename(laidPath))
    }
    return [...names].sort()
  }

  /** The real path behind `path`, links followed; undefined when a part of it is missing. */
  realpath(path: string): string | undefined {
    let links = 0
    let real = resolve('/')
    let steps = resolve(path)
      .split(sep)
      .filter((step) => step !== '')
    while (steps.length > 0) {
      const [step = '', ...rest] = steps
      const next = step === '..' ? dirname(real) : join(real, step)
      const kind = this.kindOf(next)
      if (kind === undefined) return undefined
      if (kind === 'link') {
        if (++links > MAX_LINKS) return undefined
        const target = resolve(real, this.readLink(next))
        real = resolve('/')
        steps = [...target.split(sep).filter((part) => part !== ''), ...rest]
      } else {
        real = next
        steps = rest
      }
    }
    return real
  }

  /**
   * Refuses a real path that this workspace may not touch.
   *
   * @throws RenderFault `outside-boundary`
   */
  requireInside(path: string): void {
    if (this.boundary.folders.some((folder) => isInside(path, folder))) return
    throw new RenderFault({
      code: 'outside-boundary',
      message: `${this.#shown(path)} lies outside the tree that this workspace may use`,
      hint: 'name a file inside the git work tree or, where there is none, inside the workspace',
    })
  }

  /** Lays a file at `path`; when a link stands there the file behind it is laid, as writing through it would. */
  write(path: string, bytes: Uint8Array): void {
    this.#lay(this.#writable(path), { kind: 'file', bytes })
  }

  /** Puts what stands at `from` (a file, a link or a whole folder) at `to`, replacing files there. */
  copy(from: string, to: string): void {
    switch (this.kindOf(from)) {
      case 'folder':
        for (const name of this.list(from)) this.copy(join(from, name), join(to, name))
        break
      case 'link':
        this.#lay(to, { kind: 'link', target: this.readLink(from) })
        break
      case 'file':
        this.remove(to)
        this.write(to, this.readFile(from))
        break
      default:
        break
    }
  }

  /** Hides what stands at `path`. */
  remove(path: string): void {
    this.#layer.set(path, { kind: 'absent' })
  }

  /** Whether a file was laid at `path` by this render. */
  isLaid(path: string): boolean {
    return this.#layer.get(path)?.kind === 'file'
  }

  /** The staged place of a path, below the folder given to `materialize`. */
  stagedPath(folder: string, path: string): string {
    return join(folder, relative(this.boundary.anchor, path))
  }

  /** The path of the user's tree that a staged path stands for. */
  userPath(folder: string, staged: string): string {
    return join(this.boundary.anchor, relative(folder, staged))
  }

  /**
   * Writes the given files and links, and nothing else, below `folder`, at the same places relative to each
   * other. Links stay links; the absolute ones are pointed at their staged targets.
   *
   * @throws SystemFault `disk-full` or `not-writable`
   */
  materialize(folder: string, paths: Iterable<string>): void {
    try {
      for (const path of paths) this.#place(this.stagedPath(folder, path), path, folder)
    } catch (error) {
      throw error instanceof SystemFault ? error : writeFault(error, 'the stage in the temporary folder')
    }
  }

  /** Sets an entry of the layer, and makes the folders above it. */
  #lay(path: string, entry: Entry): void {
    for (let folder = dirname(path); this.kindOf(folder) === undefined; folder = dirname(folder)) {
      this.#layer.set(folder, { kind: 'folder' })
    }
    this.#layer.set(path, entry)
  }

  #place(place: string, path: string, folder: string): void {
    const kind = this.kindOf(path)
    if (kind === undefined) return
    if (kind === 'folder') {
      mkdirSync(place, { recursive: true })
      return
    }
    if (lstatSync(place, { throwIfNoEntry: false }) !== undefined) return
    mkdirSync(dirname(place), { recursive: true })
    if (kind === 'link') {
      const target = resolve(dirname(path), this.readLink(path))
      symlinkSync(relative(dirname(place), this.stagedPath(folder, target)), place)
      return
    }
    const laid = this.#layer.get(path)
    if (laid?.kind === 'file') writeFileSync(place, laid.bytes, { mode: 0o600 })
    else copyFileSync(path, place)
  }

  #writable(path: string): string {
    const folder = this.#realFolder(dirname(path))
    const target =
      (this.kindOf(path) === 'link' ? this.realpath(path) : undefined) ?? join(folder, basename(path))
    this.requireInside(target)
    return target
  }

  /** The real path of a folder of which the last parts may not be there yet. */
  #realFolder(path: string): string {
    const real = this.realpath(path)
    if (real !== undefined) return real
    const parent = dirname(path)
    return join(this.#realFolder(parent), basename(path))
  }
}
