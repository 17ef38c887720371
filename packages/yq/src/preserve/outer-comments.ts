import type { Node } from '../tree/node.ts'
import { printedComment } from './same-node.ts'

/** Unindented comment lines at the end of a text, and the blank lines above them. */
const LAST_COMMENT = /(?<=\n)(?:[ \t]*\r?\n)*(?:#.*(?:\r?\n|$))+$/

/** The text without the comment at its end, if that is exactly the foot comment of the last document. */
export function withoutTail(text: string, roots: readonly Node[]): string {
  const [tail = ''] = LAST_COMMENT.exec(text) ?? []
  const comment = tail.trim().replaceAll('\r\n', '\n')
  const isOwn = tail !== '' && comment === roots.at(-1)?.footComment
  return isOwn ? text.slice(0, -tail.length) : text
}

/** A comment of a document as yq prints it, without indentation. */
export function commentLines(comment: string, lineBreak: string): string {
  return comment === '' ? '' : `${printedComment(comment)}\n`.replaceAll('\n', lineBreak)
}

/**
 * Calls `work` while the roots have no outer comments. The comment above the first root and the one below the last are
 * written separately, and yq never prints a line comment of a root that is a block collection.
 */
export function withoutOuterComments<Result>(
  roots: readonly Node[],
  withoutFoot: boolean,
  work: () => Result,
): Result {
  const kept = roots.map((root) => [root, root.headComment, root.lineComment, root.footComment] as const)
  const [first] = roots
  const last = roots.at(-1)
  if (first !== undefined) first.headComment = ''
  if (last !== undefined && withoutFoot) last.footComment = ''
  for (const root of roots) if (root.content.length > 0) root.lineComment = ''
  try {
    return work()
  } finally {
    for (const [root, head, line, foot] of kept) {
      root.headComment = head
      root.lineComment = line
      root.footComment = foot
    }
  }
}
