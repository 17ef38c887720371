import { YQ_4 } from '../edition.ts'
import { printedTag } from '../printer/tag-text.ts'
import { type Node, Style } from '../tree/node.ts'
import { resolveTag } from '../tree/resolve-tag.ts'

const QUOTED = Style.double | Style.single | Style.literal | Style.folded

/** The tag that a reader gives to what is printed for a node. */
function readTag(node: Node): string {
  const { tag, mustQuote } = printedTag(node, YQ_4)
  if (tag !== '' || node.kind === 'alias') return tag
  if (node.kind !== 'scalar') return node.kind === 'mapping' ? '!!map' : '!!seq'
  return mustQuote || (node.style & QUOTED) !== 0 ? '!!str' : resolveTag(node.value)
}

/** A collection has no text of its own, though an expression may leave one in it. */
function textOf(node: Node): string {
  return node.kind === 'scalar' || node.kind === 'alias' ? node.value : ''
}

/** Whether two nodes mean the same, what is below them and comments aside. */
export function hasSameData(a: Node, b: Node): boolean {
  return (
    a.kind === b.kind &&
    textOf(a) === textOf(b) &&
    a.anchor === b.anchor &&
    a.content.length === b.content.length &&
    readTag(a) === readTag(b)
  )
}

export function hasSameComments(a: Node, b: Node): boolean {
  return a.headComment === b.headComment && a.lineComment === b.lineComment && a.footComment === b.footComment
}

/** Whether comments are the same once they are printed, which gives a `#` to lines that have none. */
export function printsSameComments(a: Node, b: Node): boolean {
  return (
    printedComment(a.headComment) === printedComment(b.headComment) &&
    printedComment(a.lineComment) === printedComment(b.lineComment) &&
    printedComment(a.footComment) === printedComment(b.footComment)
  )
}

/** A comment as it is printed, each line with its `#`. */
export function printedComment(comment: string): string {
  return comment.replaceAll(/^(?=[^#\n])/gm, '# ')
}

/** Whether two nodes are written the same way, comments and what is below them aside. */
export function hasSameSpelling(a: Node, b: Node): boolean {
  return (
    a.kind === b.kind &&
    textOf(a) === textOf(b) &&
    a.anchor === b.anchor &&
    a.style === b.style &&
    a.tag === b.tag
  )
}

/** A text that is the same for two trees that are written the same way. */
export function fingerprint(root: Node): string {
  const parts: unknown[] = []
  const open = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    parts.push(node.kind, textOf(node), node.anchor, node.style, node.tag, node.content.length)
    parts.push(node.headComment, node.lineComment, node.footComment)
    for (const child of node.content) open.push(child)
  }
  return JSON.stringify(parts)
}
