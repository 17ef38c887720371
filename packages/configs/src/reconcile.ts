import { fromValue, type Node, toValue } from '@overlay-render/yq'

import type { JsonValue } from './json-pointer.ts'

/** The original node of each object and list. */
type Origins = WeakMap<object, Node>

/** A value to convert to a node, its old node, and where to put the result. */
interface Task {
  readonly node: Node | undefined
  readonly value: JsonValue
  readonly put: (node: Node) => void
}

/**
 * Converts `value` to nodes: reuses `root` if it is equal, the original node of a moved object, or creates a new one. Uses a
 * list of tasks instead of recursion.
 */
export function reconcile(root: Node, value: JsonValue, origins: Origins): Node {
  const holder: Node[] = []
  const open: Task[] = [{ node: root, value, put: (node) => holder.push(node) }]
  for (let task = open.pop(); task !== undefined; task = open.pop()) task.put(nodeFor(task, origins, open))
  return holder[0] ?? root
}

function nodeFor({ node, value }: Task, origins: Origins, open: Task[]): Node {
  if (typeof value !== 'object' || value === null) {
    if (node === undefined) return fromValue(value)
    return node.kind === 'scalar' && Object.is(toValue(node), value) ? node : replaceScalar(node, value)
  }
  const origin = origins.get(value) ?? node
  if (Array.isArray(value)) {
    return origin?.kind === 'sequence' ? reconcileSequence(origin, value, open) : fromValue(value)
  }
  return origin?.kind === 'mapping' ? reconcileMapping(origin, value, open) : fromValue(value)
}

/** A replaced scalar keeps its comments and, if possible, its quotes, like a yq assignment. */
function replaceScalar(old: Node, value: JsonValue): Node {
  const made = fromValue(value)
  if (old.kind === 'scalar' && old.tag === made.tag) made.style = old.style
  made.headComment = old.headComment
  made.lineComment = old.lineComment
  made.footComment = old.footComment
  return made
}

function reconcileMapping(origin: Node, value: { [name: string]: JsonValue }, open: Task[]): Node {
  const old = new Map<string, { key: Node; child: Node }>()
  for (let index = 0; index + 1 < origin.content.length; index += 2) {
    const key = origin.content[index]
    const child = origin.content[index + 1]
    if (key !== undefined && child !== undefined) old.set(key.value, { key, child })
  }
  const content: Node[] = []
  for (const [name, item] of Object.entries(value)) {
    const pair = old.get(name)
    content.push(adopted(origin, pair?.key ?? keyNode(name)))
    const place = content.length
    const put = (node: Node): void => void (content[place] = adopted(origin, node))
    // Added now, to keep the order.
    content.push(origin)
    open.push({ node: pair?.child, value: item, put })
  }
  origin.content = content
  return origin
}

function keyNode(name: string): Node {
  const key = fromValue(name)
  key.isMapKey = true
  return key
}

/**
 * Matches collections by identity, and equal scalars in order, so that comments stay with their items after an insertion.
 */
function reconcileSequence(origin: Node, value: readonly JsonValue[], open: Task[]): Node {
  const old = origin.content
  const scalars = new Map<JsonValue, Node[]>()
  for (const item of old) {
    if (item.kind !== 'scalar') continue
    const text = toValue(item) as JsonValue
    const same = scalars.get(text)
    if (same === undefined) scalars.set(text, [item])
    else same.push(item)
  }
  const content: Node[] = []
  for (const [index, item] of value.entries()) {
    const put = (node: Node): void => void (content[index] = adopted(origin, node))
    content.push(origin)
    if (typeof item === 'object' && item !== null) {
      open.push({ node: undefined, value: item, put })
      continue
    }
    const same = scalars.get(item)?.shift()
    const before = value.length === old.length ? old[index] : undefined
    put(same ?? (before === undefined ? fromValue(item) : replaceScalar(before, item)))
  }
  origin.content = content
  return origin
}

function adopted(parent: Node, child: Node): Node {
  child.parent = parent
  return child
}
