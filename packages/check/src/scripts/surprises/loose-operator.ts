import { type Expression, operandsOf, type OperatorName } from '@overlay-render/yq'

import type { FindSurprise, Surprise } from './surprise.ts'

/**
 * Operators whose precedence is surprising: in yq 4 a pipe and an assignment bind tighter than `and`, `or` and a comma, and
 * operators of one level group from the right.
 */
export const looseOperator: FindSurprise = (node, { text }) => {
  const [left, right] = operandsOf(node)
  if (left === undefined || right === undefined) return []
  const isLeftOpen = left.range.start <= node.range.start
  const isRightOpen = right.range.end >= node.range.end
  const sides = { left, right, isLeftOpen, isRightOpen }
  const sign = text.slice(left.range.end, right.range.start).replaceAll(/[()\s]/gu, '')
  switch (node.operator) {
    case 'and':
    case 'or':
    case 'union':
      return [...afterPipe(node.operator, sides), ...orInAnd(node.operator, sides)]
    case 'subtract':
    case 'divide':
    case 'modulo':
    case 'multiply':
    case 'add':
      return isRightOpen ? fromTheRight(node.operator, right, sign) : []
    default:
      return []
  }
}

interface Sides {
  readonly left: Expression
  readonly right: Expression
  /** Whether there are no brackets around it. */
  readonly isLeftOpen: boolean
  readonly isRightOpen: boolean
}

const ASSIGNS: ReadonlySet<OperatorName> = new Set([
  'assign',
  'addAssign',
  'subtractAssign',
  'multiplyAssign',
])

/** `.a | .b and .c` means `(.a | .b) and .c`. */
function afterPipe(
  operator: 'and' | 'or' | 'union',
  { left, right, isLeftOpen, isRightOpen }: Sides,
): Surprise[] {
  const word = operator === 'union' ? 'the comma' : `\`${operator}\``
  const isPipeLeft = isLeftOpen && left.operator === 'pipe'
  const isPipeRight = isRightOpen && right.operator === 'pipe'
  const brackets = 'put brackets around what belongs together'
  if (operator !== 'union' && isLeftOpen && ASSIGNS.has(left.operator)) {
    return [
      {
        at: left.range.start,
        message: `the assignment ends before ${word}, which takes its result as an operand`,
        hint: brackets,
      },
    ]
  }
  if (isPipeLeft && !isPipeRight && (endsInPath(left) || !startsWithName(right))) {
    return [
      {
        at: left.range.start,
        message: `the pipe ends before ${word}, so what is after it does not see what was piped`,
        hint: brackets,
      },
    ]
  }
  if (isPipeRight && !isPipeLeft && (operator === 'union' || lastOf(right).operator === 'not')) {
    return [
      {
        at: right.range.start,
        message: `the pipe is only about what is after ${word}, not about both sides`,
        hint: brackets,
      },
    ]
  }
  return []
}

/** `.a and .b or .c` means `.a and (.b or .c)`. */
function orInAnd(operator: string, { right, isRightOpen }: Sides): Surprise[] {
  return operator === 'and' && isRightOpen && right.operator === 'or'
    ? [
        {
          at: right.range.start,
          message: '`and` and `or` bind alike and group from the right: `or` is evaluated first',
          hint: 'put brackets around the part with `and`',
        },
      ]
    : []
}

/** For each operator, those on its right that without brackets give another result than in arithmetic. */
const ON_THE_RIGHT: Readonly<Record<string, readonly OperatorName[]>> = {
  subtract: ['subtract', 'add', 'alternative'],
  divide: ['divide', 'multiply', 'modulo', 'add', 'subtract', 'alternative'],
  modulo: ['divide', 'multiply', 'modulo', 'add', 'subtract', 'alternative'],
  multiply: ['divide', 'modulo', 'add', 'subtract', 'alternative'],
  add: ['alternative'],
}

function fromTheRight(operator: OperatorName, right: Expression, sign: string): Surprise[] {
  if (ON_THE_RIGHT[operator]?.includes(right.operator) !== true) return []
  return [
    {
      at: right.range.start,
      message: `yq groups from the right here: what is after ${sign} is evaluated first`,
      hint: 'put brackets around what belongs together',
    },
  ]
}

function lastOf(expression: Expression): Expression {
  let last = expression
  while (last.operator === 'pipe') last = last.right
  return last
}

/** Whether the last step of a pipe reads the piped value, so that what follows may be meant to read it, too. */
function endsInPath(pipe: Expression): boolean {
  let [first] = [lastOf(pipe)]
  while (first.operator === 'equals' || first.operator === 'notEquals' || first.operator === 'compare')
    first = first.left
  return startsWithName(first)
}

/** Whether an expression starts with a key. */
function startsWithName(expression: Expression): boolean {
  let first = expression
  for (
    let [next] = operandsOf(first);
    next !== undefined && first.operator !== 'select';
    [next] = operandsOf(first)
  )
    first = next
  return first.operator === 'name'
}
