import type { Node } from '../tree/node.ts'
import type { Context } from './context.ts'

/**
 * Changes `node` in place, and has the change written down where the caller asked for a trace. `reach` tells whether
 * what is below the node may change too.
 */
export function edit(
  context: Context,
  node: Node,
  change: () => void,
  reach: 'tree' | 'node' = 'tree',
): void {
  const { recorder } = context.run
  if (recorder === undefined) change()
  else recorder.change(node, change, reach)
}
