import { basename, dirname, join } from 'node:path'

import type { EntryKind } from '../entry-kind.ts'
import { type TreeView, viewError } from './tree-view.ts'

type Entry =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'folder' }
  | { readonly kind: 'absent' }

/** A writable layer over a read-only tree; entries of the layer hide those below. */
export class LayeredView implements TreeView {
  readonly #below: TreeView
  readonly #entries = new Map<string, Entry>()
  /** The names added or removed in each folder. */
  readonly #names = new Map<string, Set<string>>()

  constructor(below: TreeView) {
    this.#below = below
  }

  kindOf(path: string): EntryKind | undefined {
    const laid = this.#entries.get(path)
    if (laid !== undefined) return laid.kind === 'absent' ? undefined : laid.kind
    return this.#isCovered(path) ? undefined : this.#below.kindOf(path)
  }

  readLink(path: string): string {
    const laid = this.#entries.get(path)
    if (laid === undefined) return this.#below.readLink(path)
    if (laid.kind !== 'link') throw viewError('EINVAL', path)
    return laid.target
  }

  readFile(path: string): Uint8Array {
    const laid = this.#entries.get(path)
    if (laid === undefined) return this.#below.readFile(path)
    if (laid.kind !== 'file') throw viewError(laid.kind === 'absent' ? 'ENOENT' : 'ENOTFILE', path)
    return laid.bytes
  }

  list(path: string): string[] {
    const laid = [...(this.#names.get(path) ?? [])]
    const below =
      !this.#isCovered(path) && this.#below.kindOf(path) === 'folder' ? this.#below.list(path) : []
    const names = new Set([...below, ...laid])
    return [...names].filter((name) => this.kindOf(join(path, name)) !== undefined).sort()
  }

  hides(path: string): boolean {
    return !this.#entries.has(path) && (this.#below.hides?.(path) ?? false)
  }

  /** Whether the layer has a file at `path`. */
  isAdded(path: string): boolean {
    return this.#entries.get(path)?.kind === 'file'
  }

  /** Adds a file, and its missing parent folders. */
  addFile(path: string, bytes: Uint8Array): void {
    this.#lay(path, { kind: 'file', bytes })
  }

  /** Adds a link, and its missing parent folders. */
  addLink(path: string, target: string): void {
    this.#lay(path, { kind: 'link', target })
  }

  /** Hides the entry at `path` and everything below it. */
  remove(path: string): void {
    this.#set(path, { kind: 'absent' })
  }

  #lay(path: string, entry: Entry): void {
    for (let folder = dirname(path); this.kindOf(folder) === undefined; folder = dirname(folder)) {
      this.#set(folder, { kind: 'folder' })
    }
    this.#set(path, entry)
  }

  #set(path: string, entry: Entry): void {
    this.#entries.set(path, entry)
    const folder = dirname(path)
    const names = this.#names.get(folder) ?? new Set()
    names.add(basename(path))
    this.#names.set(folder, names)
  }

  /** Whether the layer replaces a parent folder of `path` with something else, which hides the tree below. */
  #isCovered(path: string): boolean {
    for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
      const laid = this.#entries.get(folder)
      if (laid !== undefined && laid.kind !== 'folder') return true
    }
    return false
  }
}
