import { cryptography } from '../cryptography.ts'
import { errnoOf } from '../system-fault.ts'
import type { EntryKind } from '../entry-kind.ts'
import type { TreeView } from './tree-view.ts'

/**
 * What a reader learned about one path of a tree. A field is present only if the reader asked for it: other changes
 * cannot affect the reader.
 */
export interface Observation {
  /** Absolute. */
  readonly path: string
  /** The entry's kind, without following links. */
  readonly kind: EntryKind | 'absent'
  /** The sha256 of the file's content, in hex. */
  readonly digest?: string | undefined
  /** The link's target. */
  readonly target?: string | undefined
  /** The names in the folder, sorted. */
  readonly names?: readonly string[] | undefined
  /** Whether the view hides an entry at this path. */
  readonly hidden?: boolean | undefined
}

/** The sha256 of `bytes`, in hex. */
export function digestOf(bytes: Uint8Array): string {
  return cryptography().createHash('sha256').update(bytes).digest('hex')
}

/** Whether the observation is still true of the view. */
export function stillMatches(observation: Observation, view: TreeView): boolean {
  const { path, kind, digest, target, names, hidden } = observation
  try {
    if ((view.kindOf(path) ?? 'absent') !== kind) return false
    // A revision hides nothing: it contains only tracked files.
    if (hidden !== undefined && view.hides !== undefined && view.hides(path) !== hidden) return false
    if (target !== undefined && view.readLink(path) !== target) return false
    if (names !== undefined && !sameNames(view.list(path), names)) return false
    return digest === undefined || digestOf(view.readFile(path)) === digest
  } catch (error) {
    // The entry changed between two calls.
    if (errnoOf(error) !== undefined) return false
    throw error
  }
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index])
}
