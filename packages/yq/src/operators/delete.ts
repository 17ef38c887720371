import type { Context } from '../evaluator/context.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import type { Operation } from '../expression/ast.ts'
import { type Node, Style } from '../tree/node.ts'
import { type Step, stepTo } from '../tree/path.ts'

/** `del(…)`: takes the matches out of their parents. A document that is deleted is no result any more. */
export function deleteMatches(context: Context, { argument }: Operation<'delete'>): Context {
  return deleteNodes(context, context.asReadOnly().evaluate(argument).nodes)
}

/** From the last to the first, so that the indices of those before stay right. */
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

/** All entries with the key. yq compares its text with the step of the path, so a number as key is never found. */
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

/** An emptied collection prints on the line of its key, whose comment then must be after it. */
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
