import { parseAllDocuments } from 'yaml'

import type { Value } from './value.ts'

/** Where and why a text is not YAML. */
export interface YamlProblem {
  /** 1-based, within the text. */
  readonly line: number
  readonly column: number
  /** May quote the text: only for documents that hold no secret. */
  readonly message: string
}

export type ParsedYaml =
  | { readonly ok: true; readonly documents: Value[] }
  | { readonly ok: false; readonly problem: YamlProblem }

/** Every document of a YAML text as plain values. Never throws for what the text holds. */
export function parseYaml(text: string): ParsedYaml {
  const documents: Value[] = []
  for (const document of parseAllDocuments(text, { intAsBigInt: false, merge: true, logLevel: 'silent' })) {
    const [error] = document.errors
    if (error !== undefined) {
      const [at] = error.linePos ?? [{ line: 1, col: 1 }]
      return { ok: false, problem: { line: at.line, column: at.col, message: error.message } }
    }
    documents.push(document.toJS({ maxAliasCount: 1000 }) as Value)
  }
  return { ok: true, documents }
}
