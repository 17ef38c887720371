import type { Context } from '../evaluator/context.ts'
import { edit } from '../evaluator/edit.ts'
import { leadingContentOf, replacementOf, setLeadingContent } from './make-node.ts'
import type { CommentOptions, Operation } from '../expression/ast.ts'
import { printLeadingContent } from '../printer/leading-content.ts'
import type { Node } from '../tree/node.ts'
import { findTargets } from './assign.ts'

/** A comment without `# `. The head comment of a document is its leading content. */
export function comment(context: Context, options: Operation<'comment'>): Context {
  return context.with(
    context.nodes.map((node) => {
      const text = commentOf(node, options).replace(/^# /, '').replaceAll('\n# ', '\n')
      return replacementOf(node, 'scalar', '!!str', text)
    }),
  )
}

function commentOf(node: Node, { head, line }: CommentOptions): string {
  if (line) return node.lineComment
  if (!head) return node.footComment
  const leadingContent = leadingContentOf(node)
  return leadingContent === ''
    ? node.headComment
    : printLeadingContent(leadingContent, false).replace(/\n$/, '')
}

/** Without a result on the right side, the previous match's comment is used. */
export function assignComment(context: Context, expression: Operation<'assignComment'>): Context {
  const { left, right, relative } = expression
  const targets = findTargets(context, left, expression).nodes
  let text = ''
  const readFrom = (source: Context): void => {
    text = source.evaluate(right).nodes[0]?.value ?? text
  }
  if (!relative) readFrom(context.asReadOnly())
  for (const node of targets) {
    if (relative) readFrom(context.withSingleReadOnly(node))
    edit(context, node, () => writeComment(node, text, expression), 'node')
  }
  return context
}

function writeComment(node: Node, text: string, { head, line, foot }: CommentOptions): void {
  if (line) node.lineComment = text
  if (foot) node.footComment = text
  if (!head) return
  node.headComment = text
  setLeadingContent(node, '')
}
