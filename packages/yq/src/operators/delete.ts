import type { Context } from '../evaluator/context.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import type { Operation } from '../expression/ast.ts'
import { type Node, Style } from '../tree/node.ts'
import { type Step, stepTo } from '../tree/path.ts'

/** `del(…)`: removes the matches from their parents. A deleted document is removed from the results. */
export function deleteMatches(context: Context, { argument }: Operation<'delete'>): Context {
  return deleteNodes(context, context.asReadOnly().evaluate(argument).nodes)
}

/** Deletes from the last to the first, so that earlier indices stay valid. */
export function deleteNodes(context: Context, nodes: readonly Node[]): Context {
  for (const node of nodes.toReversed()) {
    const { parent } = node
    // yq stops at the first document that it deletes.
    if (parent === undefined) {
      context.run.recorder?.deleted(node)
      return context.with(context.nodes.filter((match) => match !== node))
    }
    const step = stepTo(node)
    if (parent.kind !== 'mapping' && parent.kind !== 'sequence') {
      throw evaluationFault(`cannot delete nodes from parent of tag ${parent.tag}`)
    }
    if (parent.kind === 'mapping') deleteEntries(context, parent, step)
    else deleteItem(context, parent, String(step))
  }
  return context
}

/** Deletes all entries with the key. yq compares its text with the path's step, so it never finds numeric keys. */
function deleteEntries(context: Context, mapping: Node, step: Step | undefined): void {
  context.run.budget.step(mapping.content.length)
  const kept: Node[] = []
  for (let index = 0; index + 1 < mapping.content.length; index += 2) {
    const key = mapping.content[index]
    const value = mapping.content[index + 1]
    if (key === undefined || value === undefined) break
    if (key.value === step) context.run.recorder?.deleted(value)
    else kept.push(key, value)
  }
  mapping.content = kept
  keepCommentOfEmptied(mapping)
}

function deleteItem(context: Context, sequence: Node, step: string): void {
  const position = Number(step)
  const item = sequence.content[position]
  if (item !== undefined && String(position) === step) {
    context.run.recorder?.deleted(item)
    sequence.content.splice(position, 1)
    for (let index = position; index < sequence.content.length; index++) {
      sequence.content[index]?.setIndex(index)
    }
  }
  keepCommentOfEmptied(sequence)
}

/** An empty collection is printed on its key's line, so the key's comment must follow it. */
function keepCommentOfEmptied(node: Node): void {
  if (node.content.length > 0 || node.lineComment !== '') return
  const key = ownKeyOf(node) ?? node.key
  if (key === undefined || key.lineComment === '') return
  node.lineComment = key.lineComment
  key.lineComment = ''
  node.style = Style.flow
}

function ownKeyOf(node: Node): Node | undefined {
  const { parent } = node
  if (parent?.kind !== 'mapping') return undefined
  const position = parent.content.findIndex((child, index) => index % 2 === 1 && child === node)
  return position < 0 ? undefined : parent.content[position - 1]
}
