import { operators } from '../../packages/yq/src/operators/table.ts'
import type { OperatorName } from '../../packages/yq/src/expression/ast.ts'
import { parse } from '../../packages/yq/src/expression/parser.ts'
import { YqFault } from '../../packages/yq/src/errors.ts'

const NAMES: ReadonlySet<string> = new Set(Object.keys(operators))

/** The operators that an expression is made of; none when it cannot be read. */
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

/** Whatever the operands are called, an operation is an object with an `operator`. */
function collect(value: unknown, found: Set<OperatorName>): void {
  if (typeof value !== 'object' || value === null) return
  if ('operator' in value && isName(value.operator)) found.add(value.operator)
  for (const part of Object.values(value)) collect(part, found)
}
