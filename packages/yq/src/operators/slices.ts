import type { Context } from '../evaluator/context.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import { replacementOf } from './make-node.ts'
import { parseIndex } from './parse-index.ts'
import type { Expression, Operation } from '../expression/ast.ts'
import { appendContent } from '../tree/children.ts'
import type { Node } from '../tree/node.ts'
import { realTag } from '../tree/real-tag.ts'

type Slice = Operation<'collect'> & { readonly argument: Operation<'entry'> }

/** `[a:b]`, which the parser reads like a key and a value of a map. */
export function isSlice(brackets: Expression): brackets is Slice {
  return brackets.operator === 'collect' && brackets.argument.operator === 'entry'
}

/** Copies of the items from the start to before the end, or the characters of a string. */
export function slice(context: Context, { argument }: Slice): Context {
  return context.with(
    context.nodes.map((node) => {
      const first = endOf(context, node, argument.left)
      const second = endOf(context, node, argument.right)
      if (node.kind === 'scalar' && realTag(node) === '!!str') return sliceText(node, first, second)
      const part = node.content.slice(clamp(first, node.content.length), clamp(second, node.content.length))
      const result = replacementOf(node, 'sequence', node.tag)
      appendContent(result, part)
      return result
    }),
  )
}

function sliceText(node: Node, first: number, second: number): Node {
  const characters = Array.from(node.value)
  const part = characters.slice(clamp(first, characters.length), clamp(second, characters.length))
  const result = replacementOf(node, 'scalar', node.tag, part.join(''))
  result.style = node.style
  return result
}

function endOf(context: Context, node: Node, expression: Expression): number {
  const [end, ...more] = context.withSingle(node).evaluate(expression).nodes
  if (end === undefined || more.length > 0) {
    throw evaluationFault(`expected to find 1 number, got ${end === undefined ? 0 : more.length + 1} instead`)
  }
  return parseIndex(end.value)
}

/** Negative bounds count from the end; bounds outside of the range are clamped. */
function clamp(end: number, length: number): number {
  return Math.min(Math.max(end < 0 ? end + length : end, 0), length)
}
