import { type Expression, type OperatorName, operandsOf } from '@overlay-render/yq'

import { nodesOf, statementsOf } from '../expressions.ts'
import type { Surprise } from './surprise.ts'

const ASSIGNMENTS: ReadonlySet<OperatorName> = new Set([
  'assign',
  'addAssign',
  'subtractAssign',
  'multiplyAssign',
  'delete',
  'with',
])

/** Operators that turn one value into another; applied to the whole document they leave no config. */
const OF_VALUES: ReadonlySet<OperatorName> = new Set([
  'changeCase',
  'trim',
  'split',
  'join',
  'substitute',
  'toNumber',
  'toText',
  'length',
  'encode',
  'decode',
  'reverse',
  'firstItem',
])

/** Operators that may return to the document, or make another one on purpose. */
const LEADS_BACK: ReadonlySet<OperatorName> = new Set([
  'parent',
  'parents',
  'macro',
  'variable',
  'reduce',
  'collectObject',
  'evaluateText',
  'load',
])

/** Scripts that change something but return only a part of the document, which then becomes the config. */
export function leftDocument(script: Expression): Surprise[] {
  const statements = statementsOf(script)
  if (!statements.some(({ operator }) => ASSIGNMENTS.has(operator))) return []
  if (statements.some((statement) => leadsBack(statement))) return []
  const at = statements.findIndex((statement) => isPath(statement))
  const left = statements[at]
  if (left !== undefined) {
    return [
      {
        at: left.range.start,
        message: 'this path is a separate step, so the config becomes only the value at that path',
        hint: 'put it into the assignment: (.a[] | select(…)).b = …',
      },
    ]
  }
  const piped = statements.findIndex(
    ({ operator }, index) => OF_VALUES.has(operator) && statements[index - 1]?.operator === 'assign',
  )
  const after = statements[piped]
  return after === undefined
    ? []
    : [
        {
          at: after.range.start,
          message: 'the pipe ends the assignment before it, so this is applied to the whole document',
          hint: 'put the value in brackets: .a = (.b | …)',
        },
      ]
}

/** Whether a statement may return to the document. Assignments keep it anyway. */
function leadsBack(statement: Expression): boolean {
  return (
    !ASSIGNMENTS.has(statement.operator) &&
    [...nodesOf(statement)].some(({ operator }) => LEADS_BACK.has(operator))
  )
}

/** Whether an expression selects a part: `.a`, `.a[]`, `select(…).b`. */
function isPath(expression: Expression): boolean {
  const { operator } = expression
  if (operator === 'name' || operator === 'descend' || operator === 'index') return true
  return operator === 'step' && operandsOf(expression).some((operand) => isPath(operand))
}
