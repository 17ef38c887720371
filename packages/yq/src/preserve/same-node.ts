import { YQ_4 } from '../edition.ts'
import { printedTag } from '../printer/tag-text.ts'
import { type Node, Style } from '../tree/node.ts'
import { resolveTag } from '../tree/resolve-tag.ts'

const QUOTED = Style.double | Style.single | Style.literal | Style.folded

/** The tag of a node after printing and reading it. */
function readTag(node: Node): string {
  const { tag, mustQuote } = printedTag(node, YQ_4)
  if (tag !== '' || node.kind === 'alias') return tag
  if (node.kind !== 'scalar') return node.kind === 'mapping' ? '!!map' : '!!seq'
  return mustQuote || (node.style & QUOTED) !== 0 ? '!!str' : resolveTag(node.value)
}

/** The text of a scalar; collections count as '' even if an expression has set one. */
function textOf(node: Node): string {
  return node.kind === 'scalar' || node.kind === 'alias' ? node.value : ''
}

/** Whether two nodes have the same data, ignoring children and comments. */
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

/** Whether comments are the same after printing, which adds missing `#`. */
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

/** Whether two nodes have the same spelling, ignoring children and comments. */
export function hasSameSpelling(a: Node, b: Node): boolean {
  return (
    a.kind === b.kind &&
    textOf(a) === textOf(b) &&
    a.anchor === b.anchor &&
    a.style === b.style &&
    a.tag === b.tag
  )
}

/** A string that is equal for trees with the same spelling. */
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
