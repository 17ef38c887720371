import type { Position } from '@overlay-render/faults'

import { type Kind, Node } from '../tree/node.ts'
import { emptiedFault, unfoldFault } from './script-fault.ts'
import { Slice } from './slice.ts'

/** `none` is the kind of Go's zero value of a node, which a command without a value assigns. */
export type V3Kind = Kind | 'none'

/** A node as yq 3 handles it: its children are a Go slice, and it may have no kind. */
export class V3Node {
  kind: V3Kind
  style = 0
  tag = ''
  value = ''
  anchor = ''
  alias: V3Node | undefined = undefined
  content: Slice<V3Node> = Slice.empty
  headComment = ''
  lineComment = ''
  footComment = ''
  /** 1-based; 0 for a node created by a command. */
  line = 0
  /** Position of the command without a value that removed its kind. */
  emptiedAt: Position | undefined = undefined

  constructor(kind: V3Kind, value = '') {
    this.kind = kind
    this.value = value
  }
}

/** Converts a tree to yq 3's nodes. `known` has the nodes converted so far, for aliases and later documents. */
export function fromTree(root: Node, known: Map<Node, V3Node> = new Map()): V3Node {
  const open: [Node, V3Node][] = []
  const made = (node: Node): V3Node => {
    const there = known.get(node)
    if (there !== undefined) return there
    const copy = new V3Node(node.kind)
    known.set(node, copy)
    open.push([node, copy])
    return copy
  }
  const result = made(root)
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [node, copy] = pair
    takeProperties(copy, node)
    copy.line = node.line
    if (node.alias !== undefined) copy.alias = made(node.alias)
    copy.content = Slice.read(node.content.map(made))
  }
  return result
}

/**
 * Converts yq 3's nodes to a tree for printing. A node that is used in several places stays one node.
 *
 * @throws YqFault for a node that yq cannot print, and for a tree that expands too far
 */
export function toTree(root: V3Node): Node {
  checkUnfolding(root)
  const made = new Map<V3Node, Node>()
  const open: V3Node[] = []
  const make = (node: V3Node): Node => {
    const there = made.get(node)
    if (there !== undefined) return there
    const copy = asNode(node)
    made.set(node, copy)
    open.push(node)
    return copy
  }
  const printed = (node: V3Node): Node => {
    if (node.kind === 'none' && !isZero(node)) throw emptiedFault(node.emptiedAt)
    return make(node)
  }
  const result = printed(root)
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const copy = make(node)
    copy.content = Array.from(node.content, printed)
    if (node.alias !== undefined) copy.alias = make(node.alias)
  }
  return result
}

/** Whether a node is Go's zero value. A merge without a value removes the kind but keeps comments. */
function isZero({ line, headComment, lineComment, footComment }: V3Node): boolean {
  return line === 0 && headComment + lineComment + footComment === ''
}

/** go-yaml prints a zero node as null. It cannot print one with a line, but an alias may refer to it. */
function asNode(node: V3Node): Node {
  if (node.kind === 'none') return new Node('scalar', '', 'null')
  const copy = new Node(node.kind)
  takeProperties(copy, node)
  copy.line = node.line
  return copy
}

type Properties = 'style' | 'tag' | 'value' | 'anchor' | 'headComment' | 'lineComment' | 'footComment'

function takeProperties(to: Pick<V3Node, Properties>, from: Pick<V3Node, Properties>): void {
  to.style = from.style
  to.tag = from.tag
  to.value = from.value
  to.anchor = from.anchor
  to.headComment = from.headComment
  to.lineComment = from.lineComment
  to.footComment = from.footComment
}

/** Limits on the growth of a text by collections that are used in several places. */
const MAX_NODES = 1_000_000
const MAX_CHARACTERS = 50_000_000

interface Size {
  readonly nodes: number
  /** Characters of texts and indentation. */
  readonly characters: number
}

/** Checks the printed size: a node that is used in several places is printed in each, with everything below it. */
function checkUnfolding(root: V3Node): void {
  const sizes = new Map<V3Node, Size | 'open'>()
  const open: V3Node[] = [root]
  let distinctCharacters = 0
  for (let node = open.at(-1); node !== undefined; node = open.at(-1)) {
    const known = sizes.get(node)
    if (known === undefined) {
      sizes.set(node, 'open')
      for (const child of node.content) {
        const size = sizes.get(child)
        if (size === 'open') throw unfoldFault('a collection contains itself')
        if (size === undefined) open.push(child)
      }
      continue
    }
    open.pop()
    if (known !== 'open') continue
    const size = sizeOf(node, sizes)
    sizes.set(node, size)
    distinctCharacters += node.value.length
    if (
      size.nodes - sizes.size > MAX_NODES ||
      (size.nodes > sizes.size && size.characters - distinctCharacters > MAX_CHARACTERS)
    )
      throw unfoldFault(
        `collections that are used in several places expand to more than ${MAX_NODES} nodes or ${MAX_CHARACTERS} characters`,
      )
  }
}

function sizeOf(node: V3Node, sizes: ReadonlyMap<V3Node, Size | 'open'>): Size {
  let nodes = 1
  let characters = node.value.length + node.headComment.length + node.footComment.length
  for (const child of node.content) {
    const size = sizes.get(child)
    if (size === undefined || size === 'open') continue
    nodes += size.nodes
    characters += size.characters + 2 * size.nodes
  }
  return { nodes, characters }
}
