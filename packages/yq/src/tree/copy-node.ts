import { takeNodes } from '../budget/node-budget.ts'
import { Node } from './node.ts'

/**
 * Copies a tree as yq does. The copy has the parent of the original; an alias has the same target, which may be outside
 * the copy; items of sequences get new indices.
 */
export function copyNode(node: Node): Node {
  takeNodes(1)
  const copy = copyAlone(node)
  copy.key = node.key === undefined ? undefined : copyNode(node.key)
  const open: [Node, Node][] = node.content.length > 0 ? [[node, copy]] : []
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [from, to] = pair
    takeNodes(from.content.length)
    copyContent(from, to, open)
  }
  return copy
}

/** As `copyNode`, without the children. */
export function copyWithoutContent(node: Node): Node {
  takeNodes(1)
  const copy = copyAlone(node)
  copy.key = node.key === undefined ? undefined : copyNode(node.key)
  return copy
}

function copyContent(from: Node, to: Node, open: [Node, Node][]): void {
  const isMapping = from.kind === 'mapping'
  const content = from.content
  let key: Node | undefined
  for (let index = 0; index < content.length; index++) {
    const child = content[index]
    if (child === undefined || (isMapping && index % 2 === 0 && index + 1 === content.length)) break
    const copy = copyAlone(child)
    copy.parent = to
    copy.isMapKey = isMapping && index % 2 === 0
    if (!isMapping) copy.setIndex(index)
    else if (copy.isMapKey) key = copy
    else copy.key = key
    to.content.push(copy)
    if (child.content.length > 0) open.push([child, copy])
  }
}

function copyAlone(node: Node): Node {
  const copy = new Node(node.kind, node.tag, node.value)
  copy.style = node.style
  copy.anchor = node.anchor
  copy.alias = node.alias
  copy.headComment = node.headComment
  copy.lineComment = node.lineComment
  copy.footComment = node.footComment
  copy.parent = node.parent
  copy.isMapKey = node.isMapKey
  copy.isInlineTable = node.isInlineTable
  copy.line = node.line
  copy.column = node.column
  copy.start = node.start
  copy.end = node.end
  copy.document = node.document === undefined ? undefined : { ...node.document }
  return copy
}
