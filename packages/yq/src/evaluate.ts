import { compile, type RunOptions } from './compile.ts'
import { printResults } from './printer/print.ts'
import { readDocuments } from './reader/read.ts'
import type { Change } from './trace/change.ts'

/**
 * What `yq 'expression' file` prints for a file that holds `yaml`: every result as YAML, with the separators
 * and leading comments that yq keeps. Throws `YqFault`.
 */
export function evaluate(expression: string, yaml: string, options: RunOptions = {}): string {
  const { headerPreprocess = true } = options.settings?.formats?.yaml ?? {}
  return printResults(compile(expression).run(readDocuments(yaml, { headerPreprocess }), options))
}

export interface EvaluationWithChanges {
  /** As `evaluate` gives it. */
  readonly text: string
  /** What the expression did to the documents, in the order in which it did it. */
  readonly changes: readonly Change[]
}

/** As `evaluate`, with a list of what the expression changed in the documents. */
export function evaluateWithChanges(
  expression: string,
  yaml: string,
  options: RunOptions = {},
): EvaluationWithChanges {
  const changes: Change[] = []
  const text = evaluate(expression, yaml, {
    ...options,
    onChange: (change) => {
      changes.push(change)
      options.onChange?.(change)
    },
  })
  return { text, changes }
}
