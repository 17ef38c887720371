import type { OperatorName, SourceRange } from '../expression/ast.ts'
import type { Node } from '../tree/node.ts'

/** Receives all in-place changes of an evaluation. */
export interface Recorder {
  /** An operator is about to be evaluated; what changes until `leave` is its doing. */
  enter(operator: OperatorName, range: SourceRange): void
  leave(operator: OperatorName): void
  /** Calls `change`, which changes `node` and what is below it, or only the node itself. */
  change(node: Node, change: () => void, reach: 'tree' | 'node'): void
  /** `node` was added to its parent because a path led there. */
  created(node: Node): void
  /** `node` is taken out of its parent now. */
  deleted(node: Node): void
}
