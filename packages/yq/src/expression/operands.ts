import type { Expression } from './ast.ts'

/** The operands of an expression, in written order: none, one or two. */
export function operandsOf(expression: Expression): readonly Expression[] {
  if ('argument' in expression) return [expression.argument]
  return 'left' in expression ? [expression.left, expression.right] : []
}
