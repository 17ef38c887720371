import { formatFloat, parseFloat64 } from '../go/floats.ts'
import { formatNotation, numberRefusal, parseNotation, wrapInt64 } from '../go/integers.ts'
import type { Node } from '../tree/node.ts'
import { realTag } from '../tree/real-tag.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import { parseInt64 } from './parse-index.ts'

export interface Arithmetic {
  readonly integers: (left: bigint, right: bigint) => bigint
  readonly floats: (left: number, right: number) => number
}

/** The result type of arithmetic: integer for two integers, float for other numbers, undefined otherwise. */
export function numericKind(leftTag: string, rightTag: string): 'integer' | 'float' | undefined {
  if (leftTag === '!!int' && rightTag === '!!int') return 'integer'
  return isNumber(leftTag) && isNumber(rightTag) ? 'float' : undefined
}

function isNumber(tag: string): boolean {
  return tag === '!!int' || tag === '!!float'
}

/** Writes the result to `target`, which keeps a custom tag. Integers keep the base of the left operand. */
export function calculate(
  target: Node,
  left: Node,
  right: Node,
  kind: 'integer' | 'float',
  by: Arithmetic,
): void {
  if (kind === 'integer') calculateIntegers(target, left, right, by)
  else calculateFloats(target, left, right, by.floats)
}

function calculateIntegers(target: Node, left: Node, right: Node, { integers }: Arithmetic): void {
  const parsed = parseNotation(left.value)
  if (!parsed.ok) throw evaluationFault(numberRefusal('ParseInt', parsed.digits, parsed.reason))
  const result = wrapInt64(integers(parsed.value, parseInt64(right.value)))
  target.tag = left.tag
  target.value = formatNotation(result, parsed.notation)
}

export function calculateFloats(
  target: Node,
  left: Node,
  right: Node,
  by: (left: number, right: number) => number,
): void {
  const result = by(readFloat(left.value), readFloat(right.value))
  target.tag = isCustom(left.tag) ? left.tag : '!!float'
  target.value = formatFloat(result)
}

export function readFloat(text: string): number {
  const parsed = parseFloat64(text)
  if (!parsed.ok) throw evaluationFault(numberRefusal('ParseFloat', text, parsed.reason))
  return parsed.value
}

function isCustom(tag: string): boolean {
  return !tag.startsWith('!!')
}

/** The tag for arithmetic: for a custom tag, the type is inferred from the text. */
export function arithmeticTag(node: Node): string {
  return isCustom(node.tag) ? realTag(node) : node.tag
}
