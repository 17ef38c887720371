import { takeText } from '../budget/node-budget.ts'
import { copyNode } from '../tree/copy-node.ts'
import { type Kind, Node } from '../tree/node.ts'

/** A replacement for `owner` with only its parent and key. */
export function replacementOf(owner: Node, kind: Kind, tag: string, value = ''): Node {
  takeText(value.length)
  return putInPlaceOf(owner, new Node(kind, tag, value))
}

/** A copy of `node` with the parent and key of `owner`. The key of a key is that key. */
export function copyInPlaceOf(owner: Node, node: Node): Node {
  return putInPlaceOf(owner, copyNode(node))
}

function putInPlaceOf(owner: Node, node: Node): Node {
  node.parent = owner.parent
  node.key = owner.isMapKey ? owner : owner.key
  return node
}

/** Like `replacementOf`, with the owner's comments and leading content. */
export function replacementWithComments(owner: Node, kind: Kind, tag: string, style: number): Node {
  const node = replacementOf(owner, kind, tag)
  setLeadingContent(node, leadingContentOf(owner))
  node.headComment = owner.headComment
  node.lineComment = owner.lineComment
  node.footComment = owner.footComment
  node.style = style
  return node
}

export function booleanFor(owner: Node | undefined, value: boolean): Node {
  const text = value ? 'true' : 'false'
  return owner === undefined
    ? new Node('scalar', '!!bool', text)
    : replacementOf(owner, 'scalar', '!!bool', text)
}

export function integerNode(value: number | bigint): Node {
  return new Node('scalar', '!!int', String(value))
}

/** The leading content of this root, or of the root that it was copied from. */
export function leadingContentOf(node: Node): string {
  return node.document?.leadingContent ?? ''
}

export function setLeadingContent(node: Node, leadingContent: string): void {
  if (leadingContentOf(node) === leadingContent) return
  node.document = { index: 0, fileIndex: 0, fileName: '', ...node.document, leadingContent }
}
