import type { Expression } from '../expression/ast.ts'
import { operators } from './table.ts'

/** What yq's messages call the outermost operator of an expression, such as `TRAVERSE_PATH`. */
export function operatorName({ operator }: Pick<Expression, 'operator'>): string {
  return operators[operator].yqName ?? operator.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
}
