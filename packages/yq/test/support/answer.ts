import { YqFault } from '../../src/errors.ts'
import { evaluate } from '../../src/evaluate.ts'

/** What is shown, a document, an expression, and what yq 4.53.6 prints, its error included. */
export type YqCase = readonly [title: string, yaml: string, expression: string, printed: string]

/** What yq would print for a document: the results, or its error. */
export function answer(expression: string, yaml: string): string {
  try {
    return evaluate(expression, yaml)
  } catch (error) {
    if (error instanceof YqFault) return `Error: ${error.yqMessage}`
    throw error
  }
}
