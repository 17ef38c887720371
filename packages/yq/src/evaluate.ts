import { compile, type RunOptions } from './compile.ts'
import { printResults } from './printer/print.ts'
import { readDocuments } from './reader/read.ts'
import type { Change } from './trace/change.ts'

/**
 * The output of `yq 'expression' file` for a file with the content `yaml`: every result as YAML, with separators and
 * leading comments like yq. Throws `YqFault`.
 */
export function evaluate(expression: string, yaml: string, options: RunOptions = {}): string {
  const { headerPreprocess = true } = options.settings?.formats?.yaml ?? {}
  return printResults(compile(expression).run(readDocuments(yaml, { headerPreprocess }), options))
}

export interface EvaluationWithChanges {
  /** The output of `evaluate`. */
  readonly text: string
  /** The changes of the documents, in order. */
  readonly changes: readonly Change[]
}

/** Like `evaluate`, with a list of the changes of the documents. */
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
