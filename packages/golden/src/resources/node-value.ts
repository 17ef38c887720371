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

/** A collection whose members are read: those that have no value yet begin at `next`. */
type Frame =
  | { readonly target: Value[]; readonly nodes: readonly Node[]; readonly keys: undefined; next: number }
  | {
      readonly target: ValueMap
      readonly nodes: readonly Node[]
      readonly keys: readonly string[]
      next: number
    }

/**
 * Converts a document to a plain value. Aliases become copies, so that no value is shared, and merge keys are merged.
 *
 * @throws InvalidTree
 */
export function nodeValue(root: Node, scalar: (node: Node) => Value = scalarValue): Value {
  const frames: Frame[] = []
  let count = 0
  const valueOf = (written: Node): Value => {
    const node = resolveAlias(written)
    if (++count > MAX_VALUES) throw new InvalidTree('its aliases expand to too many values', node)
    if (node.kind !== 'mapping' && node.kind !== 'sequence') return scalar(node)
    const frame = open(node)
    frames.push(frame)
    return frame.target
  }
  const made = valueOf(root)
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const index = frame.next++
    const node = frame.nodes[index]
    if (node === undefined) frames.pop()
    else if (frame.keys === undefined) frame.target.push(valueOf(node))
    else setMember(frame.target, frame.keys[index] ?? '', valueOf(node))
  }
  return made
}

function resolveAlias(node: Node): Node {
  return node.kind === 'alias' && node.alias !== undefined ? resolveAlias(node.alias) : node
}

function open(node: Node): Frame {
  if (node.kind === 'sequence') return { target: [], nodes: node.content, keys: undefined, next: 0 }
  const plain = openPlain(node)
  if (plain !== undefined) return plain
  const members = membersOf(node)
  return { target: {}, nodes: [...members.values()], keys: [...members.keys()], next: 0 }
}

/** `open` for most mappings: those whose keys are all different scalars. Several times faster, because it needs no map. */
function openPlain({ content }: Node): Frame | undefined {
  const target: ValueMap = {}
  const nodes: Node[] = []
  const keys: string[] = []
  for (let index = 0; index + 1 < content.length; index += 2) {
    const key = content[index]
    const node = content[index + 1]
    if (key === undefined || node === undefined || key.kind !== 'scalar' || key.tag === '!!merge')
      return undefined
    if (Object.hasOwn(target, key.value)) return undefined
    setMember(target, key.value, null)
    nodes.push(node)
    keys.push(key.value)
  }
  return { target, nodes, keys, next: 0 }
}

/** The members of a mapping: its own, then what it merges; earlier sources before later ones. */
function membersOf(mapping: Node): Map<string, Node> {
  const sources: Node[] = []
  const members = ownMembers(mapping, sources)
  if (sources.length === 0) return members
  const merged = new Set([mapping])
  for (let source = sources.pop(); source !== undefined; source = sources.pop()) {
    if (merged.has(source)) continue
    merged.add(source)
    for (const [key, node] of ownMembers(source, sources)) if (!members.has(key)) members.set(key, node)
  }
  return members
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
