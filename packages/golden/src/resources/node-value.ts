import { type Node, scalarValue } from '@overlay-render/yq'

import { setMember, type Value, type ValueMap } from './value.ts'

/** The largest number of values after expanding aliases. */
const MAX_VALUES = 2_000_000

/** A tree without a plain value: it has a duplicate key, a key that is a map, or too many aliases. */
export class InvalidTree extends Error {
  readonly node: Node

  constructor(message: string, node: Node) {
    super(message)
    this.node = node
  }
}

interface Task {
  readonly node: Node
  readonly put: (value: Value) => void
}

/**
 * Converts a document to a plain value. Aliases become copies, so that no value is shared, and merge keys are merged.
 *
 * @throws InvalidTree
 */
export function nodeValue(root: Node, scalar: (node: Node) => Value = scalarValue): Value {
  let made: Value = null
  let count = 0
  const pending: Task[] = [{ node: root, put: (value) => (made = value) }]
  for (let task = pending.pop(); task !== undefined; task = pending.pop()) {
    const { put } = task
    const node = resolveAlias(task.node)
    if (++count > MAX_VALUES) throw new InvalidTree('its aliases expand to too many values', node)
    if (node.kind === 'mapping') put(openMap(node, pending))
    else if (node.kind === 'sequence') put(openList(node, pending))
    else put(scalar(node))
  }
  return made
}

function resolveAlias(node: Node): Node {
  return node.kind === 'alias' && node.alias !== undefined ? resolveAlias(node.alias) : node
}

function openList({ content }: Node, pending: Task[]): Value[] {
  const list: Value[] = Array.from({ length: content.length }, () => null)
  for (const [index, node] of content.entries()) pending.push({ node, put: (value) => (list[index] = value) })
  return list
}

function openMap(mapping: Node, pending: Task[]): ValueMap {
  const map: ValueMap = {}
  const sources = [mapping]
  const merged = new Set<Node>()
  for (let source = sources.pop(); source !== undefined; source = sources.pop()) {
    if (merged.has(source)) continue
    merged.add(source)
    for (const [key, node] of ownMembers(source, sources)) {
      // A map's own keys override merged ones, and earlier sources override later ones.
      if (Object.hasOwn(map, key)) continue
      setMember(map, key, null)
      pending.push({ node, put: (value) => setMember(map, key, value) })
    }
  }
  return map
}

/** The members of a mapping without merge keys. The merged mappings are added to `sources` in reverse order. */
function ownMembers({ content }: Node, sources: Node[]): Map<string, Node> {
  const members = new Map<string, Node>()
  for (let index = 0; index + 1 < content.length; index += 2) {
    const keyNode = content[index]
    const node = content[index + 1]
    if (keyNode === undefined || node === undefined) continue
    const key = resolveAlias(keyNode)
    if (key.tag === '!!merge') sources.push(...mergeSources(resolveAlias(node)))
    else {
      if (key.kind !== 'scalar') throw new InvalidTree('a key is a map or a list', key)
      if (members.has(key.value)) throw new InvalidTree('duplicate key', key)
      members.set(key.value, node)
    }
  }
  return members
}

function mergeSources(node: Node): Node[] {
  const sources = node.kind === 'sequence' ? node.content.map(resolveAlias).toReversed() : [node]
  const other = sources.find(({ kind }) => kind !== 'mapping')
  if (other !== undefined) throw new InvalidTree('the value of a merge key is not a map', other)
  return sources
}
