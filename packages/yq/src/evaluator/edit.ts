import type { Node } from '../tree/node.ts'
import type { Context } from './context.ts'

/**
 * Changes `node` in place, and records the change if the run is traced. `reach`: whether nodes below it may change, too.
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
