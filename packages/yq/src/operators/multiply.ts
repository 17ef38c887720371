import { takeText } from '../budget/node-budget.ts'
import type { Context } from '../evaluator/context.ts'
import { evaluationFault, limitFault } from '../evaluator/evaluation-fault.ts'
import { leadingContentOf, setLeadingContent } from './make-node.ts'
import { type Arithmetic, arithmeticTag, calculate, numericKind } from './numbers.ts'
import { parseIndex } from './parse-index.ts'
import { updateAttributes } from './update-node.ts'
import type { MergeOptions, Operation } from '../expression/ast.ts'
import { byteLength } from '../go/byte-text.ts'
import { copyNode, copyWithoutContent } from '../tree/copy-node.ts'
import type { Node } from '../tree/node.ts'
import { realTag } from '../tree/real-tag.ts'
import { type Combine, crossProduct } from './cross-product.ts'
import { mergeInto, type MergePathRules } from './merge.ts'

const PRODUCT: Arithmetic = { integers: (a, b) => a * b, floats: (a, b) => a * b }
const MAX_REPETITION_LENGTH = 10 * 1024 * 1024

export function multiply(context: Context, expression: Operation<'multiply'>): Context {
  return crossProduct(context.asReadOnly(), expression, multiplyBy(expression))
}

/** The product of numbers, the repetition of a string, or the merge of two maps or lists into a copy of the left one. */
export function multiplyBy(options: MergeOptions, rules?: MergePathRules): Combine {
  return (left, right, context) => {
    if (left === undefined || right === undefined) return undefined
    if (right.tag === '!!null') return copyNode(left)
    if (!isMergeable(left, right)) return multiplyScalars(left, right)
    const target = copyNode(left)
    inheritComments(target, left, right)
    mergeInto(context.asWritable(), target, right, options, rules)
    return target
  }
}

function isMergeable(left: Node, right: Node): boolean {
  const isCollection = right.kind === 'mapping' || right.kind === 'sequence'
  return isCollection && (left.kind === right.kind || left.tag === '!!null')
}

function inheritComments(target: Node, left: Node, right: Node): void {
  const { headComment } = left
  const leadingContent = leadingContentOf(left)
  const fromLeft = headComment !== '' || leadingContent !== ''
  setLeadingContent(target, fromLeft ? leadingContent : leadingContentOf(right))
  target.headComment = fromLeft ? headComment : right.headComment
  target.footComment = left.footComment === '' ? right.footComment : left.footComment
}

function multiplyScalars(left: Node, right: Node): Node {
  const leftTag = arithmeticTag(left)
  const rightTag = realTag(right)
  const numeric = numericKind(leftTag, rightTag)
  if (numeric !== undefined) {
    const target = copyWithoutContent(left)
    target.kind = 'scalar'
    calculate(target, left, right, numeric, PRODUCT)
    return target
  }
  const isRepetition =
    (leftTag === '!!str' && rightTag === '!!int') || (leftTag === '!!int' && rightTag === '!!str')
  if (!isRepetition) throw evaluationFault(`cannot multiply ${left.tag} with ${right.tag}`)
  return repeat(left, right)
}

function repeat(left: Node, right: Node): Node {
  const [text, times] = left.tag === '!!str' ? [left, right] : [right, left]
  const target = copyWithoutContent(left)
  updateAttributes(target, text, { keepAnchor: false, onlyNull: false, clobberTags: false })
  const count = parseIndex(times.value)
  if (count < 0) throw evaluationFault(`cannot repeat string by a negative number (${count})`)
  const size = byteLength(text.value)
  if (count > 0) takeText(Math.min(size * count, MAX_REPETITION_LENGTH))
  if (count > 0 && size > Math.floor(MAX_REPETITION_LENGTH / count)) {
    throw limitFault(
      `result of repeating string (${size} bytes) by ${count} would exceed ${MAX_REPETITION_LENGTH} bytes`,
    )
  }
  target.value = size === 0 ? '' : text.value.repeat(count)
  return target
}
