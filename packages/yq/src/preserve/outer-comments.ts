import type { Node } from '../tree/node.ts'
import { printedComment } from './same-node.ts'

/** Comment lines at the left edge, up to the end of a text, and the blank lines above them. */
const LAST_COMMENT = /(?<=\n)(?:[ \t]*\r?\n)*(?:#.*(?:\r?\n|$))+$/

/** The text without the comment at its end, if that is the one of the last of these documents, and nothing else. */
export function withoutTail(text: string, roots: readonly Node[]): string {
  const [tail = ''] = LAST_COMMENT.exec(text) ?? []
  const comment = tail.trim().replaceAll('\r\n', '\n')
  const isOwn = tail !== '' && comment === roots.at(-1)?.footComment
  return isOwn ? text.slice(0, -tail.length) : text
}

/** A comment of a document as yq prints it, at the left edge. */
export function commentLines(comment: string, lineBreak: string): string {
  return comment === '' ? '' : `${printedComment(comment)}\n`.replaceAll('\n', lineBreak)
}

/**
 * Does `work` on trees that have no comments around them: the one above the first and the one below the last are
 * written beside the text, and one on the line of a map or list in blocks is never printed.
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
