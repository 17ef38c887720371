import { cryptography } from '../cryptography.ts'
import { errnoOf } from '../system-fault.ts'
import type { EntryKind } from '../entry-kind.ts'
import type { TreeView } from './tree-view.ts'

/**
 * What was asked about one path of a tree, and the answer. A field is there when its question was asked: only what was
 * asked can change what came of it.
 */
export interface Observation {
  /** Absolute. */
  readonly path: string
  /** What was there, links not followed. */
  readonly kind: EntryKind | 'absent'
  /** The sha256 of the file's content, in hex. */
  readonly digest?: string | undefined
  /** The text of the link. */
  readonly target?: string | undefined
  /** The names in the folder, sorted. */
  readonly names?: readonly string[] | undefined
  /** Whether something is there that the view does not show. */
  readonly hidden?: boolean | undefined
}

/** The sha256 of `bytes`, in hex. */
export function digestOf(bytes: Uint8Array): string {
  return cryptography().createHash('sha256').update(bytes).digest('hex')
}

/** Whether the tree still answers as it did. */
export function stillHolds(observation: Observation, view: TreeView): boolean {
  const { path, kind, digest, target, names, hidden } = observation
  try {
    if ((view.kindOf(path) ?? 'absent') !== kind) return false
    // A revision hides nothing: what is not tracked is not in it.
    if (hidden !== undefined && view.hides !== undefined && view.hides(path) !== hidden) return false
    if (target !== undefined && view.readLink(path) !== target) return false
    if (names !== undefined && !sameNames(view.list(path), names)) return false
    return digest === undefined || digestOf(view.readFile(path)) === digest
  } catch (error) {
    // It went, or became something else, between two questions.
    if (errnoOf(error) !== undefined) return false
    throw error
  }
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index])
}
