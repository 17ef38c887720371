import { YqFault } from '../../src/errors.ts'
import { evaluate } from '../../src/evaluate.ts'

/** A title, a document, an expression, and the output or error of yq 4.53.6. */
export type YqCase = readonly [title: string, yaml: string, expression: string, printed: string]

/** Our output for a document: the results, or the error with yq's message. */
export function answer(expression: string, yaml: string): string {
  try {
    return evaluate(expression, yaml)
  } catch (error) {
    if (error instanceof YqFault) return `Error: ${error.yqMessage}`
    throw error
  }
}
