import { operators } from '../../packages/yq/src/operators/table.ts'
import type { OperatorName } from '../../packages/yq/src/expression/ast.ts'
import { parse } from '../../packages/yq/src/expression/parser.ts'
import { YqFault } from '../../packages/yq/src/errors.ts'

const NAMES: ReadonlySet<string> = new Set(Object.keys(operators))

/** The operators in an expression. Empty when the expression does not parse. */
export function operatorsIn(text: string): ReadonlySet<OperatorName> {
  const found = new Set<OperatorName>()
  try {
    collect(parse({ file: '', text }), found)
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
  }
  return found
}

function isName(value: unknown): value is OperatorName {
  return typeof value === 'string' && NAMES.has(value)
}

/** Collects every object with an `operator`, so that the names of the operand fields do not matter. */
function collect(value: unknown, found: Set<OperatorName>): void {
  if (typeof value !== 'object' || value === null) return
  if ('operator' in value && isName(value.operator)) found.add(value.operator)
  for (const part of Object.values(value)) collect(part, found)
}
