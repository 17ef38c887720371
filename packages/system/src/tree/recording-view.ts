import { digestOf, type Observation } from './observation.ts'
import type { EntryKind } from '../entry-kind.ts'
import type { TreeView } from './tree-view.ts'

type Draft = { -readonly [Key in keyof Observation]: Observation[Key] }

/**
 * A view that records every answer and repeats it when asked again, so that its reader sees one consistent state of the
 * tree while files change.
 */
export class RecordingView implements TreeView {
  readonly #below: TreeView
  readonly #drafts = new Map<string, Draft>()
  readonly #contents = new Map<string, Uint8Array>()

  constructor(below: TreeView) {
    this.#below = below
  }

  /** All observations so far, sorted by path. */
  observations(): Observation[] {
    return [...this.#drafts.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
  }

  /** Whether the file at `path` was read. */
  wasRead(path: string): boolean {
    return this.#contents.has(path)
  }

  kindOf(path: string): EntryKind | undefined {
    const { kind } = this.#draft(path)
    return kind === 'absent' ? undefined : kind
  }

  readLink(path: string): string {
    const draft = this.#draft(path)
    draft.target ??= this.#below.readLink(path)
    return draft.target
  }

  readFile(path: string): Uint8Array {
    const known = this.#contents.get(path)
    if (known !== undefined) return known
    const draft = this.#draft(path)
    const bytes = this.#below.readFile(path)
    draft.digest = digestOf(bytes)
    this.#contents.set(path, bytes)
    return bytes
  }

  list(path: string): readonly string[] {
    const draft = this.#draft(path)
    draft.names ??= this.#below.list(path)
    return draft.names
  }

  hides(path: string): boolean {
    const draft = this.#draft(path)
    draft.hidden ??= this.#below.hides?.(path) ?? false
    return draft.hidden
  }

  #draft(path: string): Draft {
    const known = this.#drafts.get(path)
    if (known !== undefined) return known
    const draft: Draft = { path, kind: this.#below.kindOf(path) ?? 'absent' }
    this.#drafts.set(path, draft)
    return draft
  }
}
