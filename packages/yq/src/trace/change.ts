import type { SourceRange } from '../expression/ast.ts'
import type { Node } from '../tree/node.ts'

/**
 * The kind of a change, by its most important difference:
 *
 * - `created`: the node is new. If its parents are new, too, the change is that of the outermost new node, and `after`
 *   contains everything below it.
 * - `deleted`: the node is removed.
 * - `replaced`: its text or kind differs. A map that stays a map, or a list that stays a list, is not replaced: the
 *   differences below it are separate changes. Lists are compared item by item.
 * - `renamed`: the text of its key differs; `before` and `after` are the keys.
 * - `reordered`: the keys of a map have another order.
 * - `retagged`, `anchored`, `restyled`, `commented`: its tag, anchor or alias, style, or comments differ. Comments of a
 *   key count as comments of the entry.
 */
export type ChangeKind =
  | 'created'
  | 'deleted'
  | 'replaced'
  | 'renamed'
  | 'reordered'
  | 'retagged'
  | 'anchored'
  | 'restyled'
  | 'commented'

/** One change that a program made to a document. */
export interface Change {
  readonly kind: ChangeKind
  /**
   * Keys and indices from the root to the node after the change, or before its deletion. For a change through an alias,
   * the path of the anchored node, which is the one that changes.
   */
  readonly path: readonly (string | number)[]
  readonly documentIndex: number
  readonly fileIndex: number
  /** Copies of the node; `before` is undefined for a new node, `after` for a deleted one. */
  readonly before: Node | undefined
  readonly after: Node | undefined
  /** The expression that made the change: the innermost assignment, deletion or similar, else the path that created the node. */
  readonly range: SourceRange
}
