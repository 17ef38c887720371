import type { SourceRange } from '../expression/ast.ts'
import type { Node } from '../tree/node.ts'

/**
 * What happened to a node, named after the strongest difference:
 *
 * - `created`: it is new. Parents that were created on the way belong to it: the change is that of the outermost
 *   new node, and `after` holds all that was put into it.
 * - `deleted`: it is gone.
 * - `replaced`: its text or its kind is another. A map or list that stays one is not replaced: the differences
 *   below it are changes of their own. Lists are compared item by item.
 * - `renamed`: the text of its key is another; `before` and `after` are the keys.
 * - `reordered`: the keys of a map are in another order.
 * - `retagged`, `anchored`, `restyled`, `commented`: its tag, its anchor or alias, its style, its comments are
 *   others. The comments of a key count for the entry.
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
   * Keys and indices from the root to the node: where it is after the change, or was before it was deleted.
   * Below an alias that is the place of the anchored node, which is the one that changed.
   */
  readonly path: readonly (string | number)[]
  readonly documentIndex: number
  readonly fileIndex: number
  /** Copies of the node; `before` is missing for what is new, `after` for what is gone. */
  readonly before: Node | undefined
  readonly after: Node | undefined
  /** The expression that did it: the innermost assignment, deletion or the like, else the path that created. */
  readonly range: SourceRange
}
