import { type YqCode, YqFault } from '../errors.ts'

/** The stages of go-yaml, which its error messages name. */
export type Stage = 'reader' | 'scanner' | 'parser' | 'composer'

/** A position in an error; line 0 means unknown. */
export interface Place {
  readonly line: number
  readonly column: number
}

export interface LoadProblem {
  readonly stage: Stage
  readonly message: string
  readonly at: Place
  /** What was being read when the problem occurred, and where that began. */
  readonly context?: string | undefined
  readonly contextAt?: Place | undefined
  /** `document-invalid` when absent. */
  readonly code?: YqCode | undefined
}

export interface LoadSource {
  readonly fileName: string
  /** Undefined when errors must not show it. */
  readonly text: string | undefined
}

const UNKNOWN: Place = { line: 0, column: 0 }

/** The fault of a text that is not valid YAML. Its `yqMessage` is the message of the real yq. */
export function loadFault(
  { stage, message, at, context, contextAt = UNKNOWN, code = 'document-invalid' }: LoadProblem,
  source: LoadSource,
): YqFault {
  const place =
    context === undefined ? ` at ${showPlace(at)}` : ` (${context}) at ${showRange(contextAt, at)}`
  return new YqFault({
    code,
    message: context === undefined ? message : `${context}: ${message}`,
    yqMessage: `go-yaml load error in ${stage}${place}: ${message}`,
    position: at.line === 0 ? undefined : { file: source.fileName, line: at.line, column: at.column },
    source: source.text,
  })
}

function showPlace({ line, column }: Place): string {
  if (line === 0) return '<unknown position>'
  return column > 0 ? `L${line}.C${column}` : `L${line}`
}

function showRange(from: Place, to: Place): string {
  const start = showPlace(from)
  if (from.line === to.line && from.column === to.column) return start
  if (from.line === to.line && from.column > 0 && to.column > 0) return `${start}-C${to.column}`
  return `${start}-${showPlace(to)}`
}
