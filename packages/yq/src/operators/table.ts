import type { OperatorRows } from './operator.ts'
import { ARITHMETIC_OPERATORS } from './rows/arithmetic-operators.ts'
import { COLLECTION_OPERATORS } from './rows/collection-operators.ts'
import { DATE_OPERATORS } from './rows/date-operators.ts'
import { FLOW_OPERATORS } from './rows/flow-operators.ts'
import { FORMAT_OPERATORS } from './rows/format-operators.ts'
import { LOGIC_OPERATORS } from './rows/logic-operators.ts'
import { METADATA_OPERATORS } from './rows/metadata-operators.ts'
import { PATH_OPERATORS } from './rows/path-operators.ts'
import { SELECTION_OPERATORS } from './rows/selection-operators.ts'
import { TEXT_OPERATORS } from './rows/text-operators.ts'

/**
 * Every operator of the language in one row: its arity, precedence, function, tracing and words. Everything else about
 * operators is derived from this table.
 */
export const operators: OperatorRows = {
  ...FLOW_OPERATORS,
  ...PATH_OPERATORS,
  ...SELECTION_OPERATORS,
  ...LOGIC_OPERATORS,
  ...ARITHMETIC_OPERATORS,
  ...METADATA_OPERATORS,
  ...COLLECTION_OPERATORS,
  ...TEXT_OPERATORS,
  ...FORMAT_OPERATORS,
  ...DATE_OPERATORS,
}
