import { mapEntries } from './children.ts'
import { Node } from './node.ts'
import { resolveTag } from './resolve-tag.ts'
import { scalarValue, type ScalarValue } from './scalar-value.ts'
import { setMember } from './set-member.ts'

/** A document as JavaScript values. Integers beyond 2^53 are bigints. */
export type PlainValue = ScalarValue | PlainValue[] | { [key: string]: PlainValue }

export interface PlainValueOptions {
  /** Called with each created object or array, and its node. */
  readonly visit?: (made: object, node: Node) => void
}

/**
 * Converts a tree to JavaScript values. Mappings become objects by the text of their keys; an alias becomes a copy of
 * its target. Merge keys stay keys. An alias inside its own anchor becomes null.
 */
export function toValue(root: Node, { visit }: PlainValueOptions = {}): PlainValue {
  const holder: PlainValue[] = []
  const pending: Task[] = [{ node: root, put: (value) => holder.push(value), inside: undefined }]
  for (let task = pending.pop(); task !== undefined; task = pending.pop()) {
    const { node, put } = task
    const target = node.kind === 'alias' ? node.alias : node
    if (target === undefined || isInside(target, task.inside)) {
      put(null)
    } else if (target.kind === 'scalar') {
      put(scalarValue(target))
    } else {
      const inside: Ancestry = { node: target, above: task.inside }
      const made =
        target.kind === 'mapping'
          ? openMapping(target, inside, pending)
          : openSequence(target, inside, pending)
      visit?.(made, node)
      put(made)
    }
  }
  return holder[0] ?? null
}

interface Ancestry {
  readonly node: Node
  readonly above: Ancestry | undefined
}

interface Task {
  readonly node: Node
  readonly put: (value: PlainValue) => void
  readonly inside: Ancestry | undefined
}

/** Whether a node is its own ancestor. Only an anchored node can be. */
function isInside(node: Node, ancestry: Ancestry | undefined): boolean {
  if (node.anchor === '') return false
  for (let step = ancestry; step !== undefined; step = step.above) if (step.node === node) return true
  return false
}

function openMapping(node: Node, inside: Ancestry, pending: Task[]): { [key: string]: PlainValue } {
  const made: { [key: string]: PlainValue } = {}
  const entries = [...mapEntries(node)]
  // Define all keys first: values are created in another order, but keys must be in the order of the document.
  for (const [key] of entries) setMember(made, keyText(key), null)
  for (const [key, value] of entries)
    pending.push({ node: value, put: (plain) => setMember(made, keyText(key), plain), inside })
  return made
}

function keyText(key: Node): string {
  return key.kind === 'alias' ? (key.alias?.value ?? '') : key.value
}

function openSequence(node: Node, inside: Ancestry, pending: Task[]): PlainValue[] {
  const made: PlainValue[] = Array.from({ length: node.content.length }, () => null)
  node.content.forEach((item, index) => {
    pending.push({
      node: item,
      inside,
      put: (plain) => {
        made[index] = plain
      },
    })
  })
  return made
}

/** Converts a JavaScript value to a tree in block style. The printer quotes strings where necessary. */
export function fromValue(root: unknown): Node {
  const holder = new Node('sequence', '!!seq')
  const pending: { value: unknown; parent: Node; isMapKey: boolean }[] = [
    { value: root, parent: holder, isMapKey: false },
  ]
  for (let task = pending.pop(); task !== undefined; task = pending.pop()) {
    const { value, parent, isMapKey } = task
    const node = emptyNode(value)
    node.isMapKey = isMapKey
    if (parent !== holder) node.parent = parent
    parent.content.push(node)
    // The stack reverses the order.
    for (const child of childTasks(value, node).toReversed()) pending.push(child)
  }
  return holder.content[0] ?? emptyNode(null)
}

function childTasks(value: unknown, parent: Node): { value: unknown; parent: Node; isMapKey: boolean }[] {
  if (Array.isArray(value)) return value.map((item: unknown) => ({ value: item, parent, isMapKey: false }))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => [
    { value: key, parent, isMapKey: true },
    { value: item, parent, isMapKey: false },
  ])
}

function emptyNode(value: unknown): Node {
  if (Array.isArray(value)) return new Node('sequence', '!!seq')
  if (typeof value === 'object' && value !== null) return new Node('mapping', '!!map')
  if (typeof value === 'string') return new Node('scalar', '!!str', value)
  const text = value === null || value === undefined ? 'null' : numberText(value)
  return new Node('scalar', resolveTag(text), text)
}

function numberText(value: unknown): string {
  if (typeof value !== 'number' || Number.isFinite(value)) return String(value)
  return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf'
}
