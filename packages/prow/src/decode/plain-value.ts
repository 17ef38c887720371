import { setMember, type Value, type ValueMap } from '@overlay-render/golden'
import type { Node } from '@overlay-render/yq'

import { targetOf } from './aliases.ts'
import type { DecodeContext } from './decode-context.ts'
import { entriesOf } from './entries.ts'
import { scalarOf } from './scalar.ts'

interface Task {
  readonly node: Node
  readonly put: (value: Value) => void
}

/** Decodes a value without a type. Does not recurse, since such values can be nested to any depth. */
export function plainValue(root: Node, context: DecodeContext): Value {
  let result: Value = null
  const pending: Task[] = [{ node: root, put: (value) => (result = value) }]
  for (let task = pending.pop(); task !== undefined; task = pending.pop()) {
    const node = targetOf(task.node)
    if (node === task.node) context.budget.count()
    else context.budget.within(() => context.budget.count())
    if (node.kind === 'mapping') task.put(openMap(node, context, pending))
    else if (node.kind === 'sequence') task.put(openList(node, context, pending))
    else task.put(scalarOf(node))
  }
  return result
}

function openMap(node: Node, context: DecodeContext, pending: Task[]): ValueMap {
  const made: ValueMap = {}
  context.origins.note(made, node)
  for (const { key, value } of entriesOf(node, context)) {
    setMember(made, key, null)
    pending.push({ node: value, put: (decoded) => setMember(made, key, decoded) })
  }
  return made
}

function openList(node: Node, context: DecodeContext, pending: Task[]): Value[] {
  const made: Value[] = node.content.map(() => null)
  context.origins.note(made, node)
  for (const [index, item] of node.content.entries()) {
    pending.push({
      node: item,
      put: (decoded) => {
        made[index] = decoded
      },
    })
  }
  return made
}
