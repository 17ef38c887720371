import type { Position } from '@overlay-render/system'
import { type Node, scalarValue } from '@overlay-render/yq'

import { type ExplainStep, NOTHING, type Traced, type TracedScalar } from './traced-value.ts'

/** Most values that aliases may expand to. */
const MAX_VALUES = 1_000_000

/** The traced tree of a document: every scalar is set by `step` at its own position. */
export function traceDocument(
  root: Node,
  step: ExplainStep,
  locate: (offset: number) => Position | undefined,
  scalar: (node: Node, traced: TracedScalar) => TracedScalar = (_node, traced) => traced,
): Traced {
  let made: Traced = NOTHING
  let count = 0
  const pending: { readonly node: Node; readonly put: (value: Traced) => void }[] = [
    { node: root, put: (value) => (made = value) },
  ]
  for (let task = pending.pop(); task !== undefined; task = pending.pop()) {
    const node = resolved(task.node)
    if (++count > MAX_VALUES) break
    if (node.kind === 'mapping') {
      const entries = new Map<string, Traced>()
      task.put({ kind: 'map', entries })
      for (const [key, value] of membersOf(node)) {
        entries.set(key, NOTHING)
        pending.push({ node: value, put: (traced) => entries.set(key, traced) })
      }
    } else if (node.kind === 'sequence') {
      const items: Traced[] = node.content.map(() => NOTHING)
      task.put({ kind: 'list', items })
      for (const [index, item] of node.content.entries())
        pending.push({ node: item, put: (traced) => (items[index] = traced) })
    } else {
      const value = scalarValue(node)
      const position = node.start < 0 ? undefined : locate(node.start)
      task.put(scalar(node, { kind: 'scalar', value, events: [{ step, position, value }] }))
    }
  }
  return made
}

function resolved(node: Node): Node {
  let at = node
  for (let steps = 0; at.kind === 'alias' && at.alias !== undefined && steps < 100; steps++) at = at.alias
  return at
}

/** The entries of a mapping, including those of its merge keys; its own entries win. */
function membersOf(mapping: Node): Map<string, Node> {
  const members = new Map<string, Node>()
  const sources = [mapping]
  for (let index = 0; index < sources.length && index < 1000; index++) {
    const { content } = sources[index] ?? mapping
    for (let at = 0; at + 1 < content.length; at += 2) {
      const [key, value] = content.slice(at, at + 2)
      if (key === undefined || value === undefined) continue
      const target = resolved(value)
      if (key.tag === '!!merge') {
        sources.push(
          ...(target.kind === 'sequence' ? target.content.map((item) => resolved(item)) : [target]),
        )
      } else if (!members.has(key.value)) members.set(key.value, value)
    }
  }
  return members
}
