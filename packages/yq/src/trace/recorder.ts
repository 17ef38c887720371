import type { OperatorName, SourceRange } from '../expression/ast.ts'
import type { Node } from '../tree/node.ts'

/** Receives all in-place changes of an evaluation. */
export interface Recorder {
  /** An operator starts: changes until `leave` belong to it. */
  enter(operator: OperatorName, range: SourceRange): void
  leave(operator: OperatorName): void
  /** Calls `change`, which changes the tree below `node`, or only the node itself. */
  change(node: Node, change: () => void, reach: 'tree' | 'node'): void
  /** A path has created `node` in its parent. */
  created(node: Node): void
  /** `node` is about to be removed from its parent. */
  deleted(node: Node): void
}
