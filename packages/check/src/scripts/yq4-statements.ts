import type { ConfigChange } from '@overlay-render/configs'
import { type Position, positionAt } from '@overlay-render/system'
import { type Expression, operandsOf, type OperatorName, parseExpression } from '@overlay-render/yq'

import { isConstant, literalPath, namesRead, nodesOf, statementsOf } from './expressions.ts'
import type { ScriptStatement, StatementSource } from './script-statement.ts'
import { shorten } from './shorten.ts'

/** Operators that change data. */
const CHANGE: ReadonlySet<OperatorName> = new Set([
  'assign',
  'addAssign',
  'subtractAssign',
  'multiplyAssign',
  'delete',
  'deletePaths',
  'with',
])

/** Operators that return the document, changed in place. After any other operator the trace is incomplete. */
const IN_PLACE: ReadonlySet<OperatorName> = new Set([
  ...CHANGE,
  'assignStyle',
  'assignTag',
  'assignAnchor',
  'assignAlias',
  'assignComment',
  'sortKeys',
  'explode',
  'bind',
  'self',
])

const NO_DATA: ReadonlySet<string> = new Set(['commented', 'restyled', 'reordered'])

/** The statements of a yq 4 script. */
export function yq4Statements({ file, text, changes }: StatementSource): ScriptStatement[] {
  const script = parseExpression({ file, text })
  if (script === undefined) return []
  const parts = statementsOf(script)
  const starts = parts.map(({ range }) => positionAt(file, text, range.start))
  const foreign = parts.findIndex(({ operator }) => !IN_PLACE.has(operator))
  return parts.map((part, index) => {
    const position = starts[index] ?? { file, line: 1, column: 1 }
    return {
      position,
      shown: shorten(text.slice(part.range.start, part.range.end)),
      effects: changesBetween(changes, position, starts[index + 1]).filter(({ kind }) => !NO_DATA.has(kind)),
      isChange: isChange(part) && (foreign < 0 || index < foreign),
      ...writes(part),
    }
  })
}

/** Whether a statement is meant to change data. A default (`//`) may already be there. */
function isChange(part: Expression): boolean {
  return CHANGE.has(part.operator) && [...nodesOf(part)].every(({ operator }) => operator !== 'alternative')
}

function changesBetween(
  changes: readonly ConfigChange[],
  start: Position,
  end: Position | undefined,
): ConfigChange[] {
  return changes.filter(
    ({ position }) => !isBefore(position, start) && (end === undefined || isBefore(position, end)),
  )
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column)
}

function writes(part: Expression): Pick<ScriptStatement, 'target' | 'isSet' | 'isDelete' | 'reads'> {
  const [written, value] = operandsOf(part)
  const target = written === undefined ? undefined : literalPath(written)
  if (part.operator === 'assign' && !part.relative && value !== undefined) {
    const reads = target === undefined ? namesRead(part) : namesRead(value)
    return {
      target,
      isSet: isConstant(value),
      isDelete: false,
      reads: isConstant(value) && target !== undefined ? new Set() : reads,
    }
  }
  if (part.operator === 'delete')
    return { target, isSet: false, isDelete: true, reads: target === undefined ? namesRead(part) : new Set() }
  return { target, isSet: false, isDelete: false, reads: part.operator === 'self' ? new Set() : undefined }
}
