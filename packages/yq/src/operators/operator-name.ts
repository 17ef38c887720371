import type { Expression } from '../expression/ast.ts'
import { operators } from './table.ts'

/** The name of an expression's outermost operator in yq's messages, such as `TRAVERSE_PATH`. */
export function operatorName({ operator }: Pick<Expression, 'operator'>): string {
  return operators[operator].yqName ?? operator.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
}
