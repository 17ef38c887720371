import { lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'

import { writeStaged } from '@overlay-render/kustomize'
import {
  LayeredView,
  type Observation,
  type Opened,
  readFault,
  RecordingView,
  Tree,
  type TreeView,
  whyNotRead,
} from '@overlay-render/system'

import type { Boundary } from './boundary.ts'
import type { LaidBy } from './laid-file.ts'
import { RenderFault } from './render-fault.ts'
import { requireContent } from './require-content.ts'

/**
 * A private copy of the inputs of one overlay. Files made by configs, templates, edits and stub secrets are kept in a layer over
 * the user's tree, which is only read. `materialize` writes the inputs that the graph names, and nothing else, to a folder for the
 * build.
 *
 * All paths are absolute paths of the user's tree. Messages name a copy by the file it was copied from.
 */
export class Stage {
  /** The staged tree: the layer over the visible part of the user's tree. */
  readonly tree: Tree
  readonly #boundary: Boundary
  /** The commit that the tree is of; undefined for the work tree. */
  readonly #commit: string | undefined
  readonly #layer: LayeredView
  readonly #recorder: RecordingView
  /** By real path. */
  readonly #history = new Map<string, readonly LaidBy[]>()

  /** @param view the visible part of the user's tree */
  constructor(view: TreeView, boundary: Boundary, shown: (path: string) => string) {
    this.#boundary = boundary
    this.#commit = view.commit
    this.#recorder = new RecordingView(view)
    this.#layer = new LayeredView(this.#recorder)
    this.tree = new Tree(this.#layer, {
      boundary: boundary.folders,
      shown: (path) => shown(this.#sourceOf(path)),
    })
  }

  /** Every question about the user's tree so far, with its answer, sorted by path. */
  observations(): Observation[] {
    return this.#recorder.observations()
  }

  /** Whether a file of the user's tree was read. */
  wasRead(real: string): boolean {
    return this.#recorder.wasRead(real)
  }

  /** The user's tree without the layer. */
  get beneath(): TreeView {
    return this.#recorder
  }

  /** Opens `path`, following links. Reading it throws RenderFault `content-missing` as `read`. */
  open(path: string): Opened {
    const opened = this.tree.open(path)
    if (opened.outcome !== 'file') return opened
    return { ...opened, read: () => this.#requireContent(opened.read(), opened.real) }
  }

  /** The content of the file at a real path. @throws RenderFault `content-missing`; SystemFault `not-found`, `not-readable` */
  read(real: string): Uint8Array {
    return this.#requireContent(this.#readBytes(real), real)
  }

  #readBytes(real: string): Uint8Array {
    try {
      return this.#layer.readFile(real)
    } catch (error) {
      throw readFault(error, this.tree.shown(real))
    }
  }

  #requireContent(bytes: Uint8Array, real: string): Uint8Array {
    return requireContent(bytes, this.tree.shown(real), this.#commit)
  }

  /** The names in a folder, sorted; empty when there is no folder. */
  namesIn(path: string): string[] {
    if (!this.tree.isFolder(path)) return []
    return this.#layer.list(this.tree.follow(path).real)
  }

  /** Whether `path` itself exists, without following links. */
  has(path: string): boolean {
    return this.#layer.kindOf(path) !== undefined
  }

  /**
   * Writes a file at `path` to the layer. If `path` is a link, its target is written.
   *
   * @throws RenderFault `outside-boundary`
   */
  write(path: string, bytes: Uint8Array, by: LaidBy): void {
    const opened = this.open(path)
    if (opened.outcome === 'outside' || opened.outcome === 'link-loop') {
      throw new RenderFault({
        code: 'outside-boundary',
        message: `${this.tree.shown(path)} cannot be put into the stage: it ${whyNotRead(opened, this.tree.shown)}`,
        hint: 'name a place inside the git work tree or, where there is none, inside the workspace',
      })
    }
    this.#layer.addFile(opened.real, bytes)
    const before = by.kind === 'edit' ? this.history(opened.real) : []
    this.#history.set(opened.real, [...before, by])
    this.tree.forget()
  }

  /** Copies a file, a link or a whole folder from `from` to `to`, replacing files there. */
  copy(from: string, to: string): void {
    const pending = [{ from, to }]
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { from: source, to: target } = next
      const kind = this.#layer.kindOf(source)
      if (kind === 'folder') {
        for (const name of this.#layer.list(source))
          pending.push({ from: join(source, name), to: join(target, name) })
      } else if (kind === 'link') {
        this.#layer.addLink(target, this.#layer.readLink(source))
      } else if (kind === 'file') {
        // If the target is a link, the link is replaced, not its target.
        this.#layer.addFile(target, this.read(source))
        this.#history.set(target, [...this.history(source), { kind: 'copy', from: source }])
      }
    }
    this.tree.forget()
  }

  /** Removes `path` from the staged tree. */
  remove(path: string): void {
    this.#layer.remove(path)
    this.tree.forget()
  }

  /** The steps that made the file at a real path, in order; empty for the user's own file. */
  history(real: string): readonly LaidBy[] {
    return this.#history.get(real) ?? []
  }

  /** The user's file that a staged file is an unchanged copy of; the path itself for every other file. */
  #sourceOf(real: string): string {
    const history = this.history(real)
    const [first] = history
    return first?.kind === 'copy' && history.every(({ kind }) => kind === 'copy') ? first.from : real
  }

  /** Whether this render wrote a file at a real path. */
  isAdded(real: string): boolean {
    return this.#layer.isAdded(real)
  }

  /** Maps a path to the folder given to `materialize`. */
  stagedPath(folder: string, path: string): string {
    return join(folder, relative(this.#boundary.anchor, path))
  }

  /** Maps a staged path back to the user's tree. */
  userPath(folder: string, staged: string): string {
    return join(this.#boundary.anchor, relative(folder, staged))
  }

  /**
   * Writes the given files, links and folders, and nothing else, below `folder`, at the same places relative to each other. Links
   * stay links. A link whose path leaves the stage is changed to lead to its staged target.
   *
   * @throws SystemFault `disk-full` or `not-writable`
   */
  materialize(folder: string, paths: Iterable<string>): void {
    const made = new Set<string>()
    for (const path of paths) {
      const place = this.stagedPath(folder, path)
      const content = this.#layer.kindOf(path) === 'file' ? this.read(path) : undefined
      writeStaged(() => this.#place(place, path, content, { folder, made }))
    }
  }

  #place(
    place: string,
    path: string,
    content: Uint8Array | undefined,
    { folder, made }: { readonly folder: string; readonly made: Set<string> },
  ): void {
    const kind = this.#layer.kindOf(path)
    if (kind === 'folder') mkdirSync(place, { recursive: true })
    if (kind === undefined || kind === 'folder' || lstatSync(place, { throwIfNoEntry: false }) !== undefined)
      return
    const parent = dirname(place)
    if (!made.has(parent)) mkdirSync(parent, { recursive: true })
    made.add(parent)
    if (kind === 'link') symlinkSync(this.#stagedTarget(path, folder), place)
    else if (content !== undefined) writeFileSync(place, content, { mode: 0o600 })
  }

  /** The target of a staged link: unchanged unless it leaves the stage. */
  #stagedTarget(path: string, folder: string): string {
    const target = this.#layer.readLink(path)
    const depth = relative(this.#boundary.anchor, dirname(path)).split('/').filter(Boolean).length
    const ups = target.split('/').filter((name) => name === '..').length
    if (!isAbsolute(target) && ups <= depth) return target
    const staged = this.stagedPath(folder, resolve(dirname(path), target))
    return relative(dirname(this.stagedPath(folder, path)), staged) || basename(staged)
  }
}
