import { positionAt } from '@overlay-render/faults'
import { YqFault } from '../errors.ts'
import type { SourceRange } from './ast.ts'

/** The text of an expression and its name for the user. */
export interface ExpressionSource {
  readonly file: string
  readonly text: string
}

/** A syntax error in an expression. `yqMessage` is yq 4's message. */
export function syntaxFault(
  source: ExpressionSource,
  range: SourceRange,
  message: string,
  yqMessage: string,
  hint?: string,
): YqFault {
  return new YqFault({
    code: 'expression-invalid',
    message,
    yqMessage,
    hint,
    position: positionAt(source.file, source.text, range.start),
    source: source.text,
    width: Math.max(1, Array.from(source.text.slice(range.start, range.end).split('\n')[0] ?? '').length),
  })
}
