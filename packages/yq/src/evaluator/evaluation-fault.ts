import { positionAt } from '@overlay-render/faults'
import { YqFault } from '../errors.ts'
import type { SourceRange } from '../expression/ast.ts'
import type { ExpressionSource } from '../expression/syntax-fault.ts'

/** The fault of an operator that cannot be applied. `evaluate` adds the position. `sentence` is also yq's message. */
export function evaluationFault(sentence: string): YqFault {
  return new YqFault({ code: 'evaluation-failed', message: sentence })
}

export function refusalFault(sentence: string, hint: string, yqMessage: string = sentence): YqFault {
  return new YqFault({ code: 'capability-refused', message: sentence, yqMessage, hint })
}

export function limitFault(sentence: string, yqMessage: string = sentence): YqFault {
  return new YqFault({ code: 'limit-exceeded', message: sentence, yqMessage })
}

/** Converts the error of a string beyond JavaScript's length limit into a fault; returns other errors unchanged. */
export function withoutStringLength(error: unknown): unknown {
  if (!(error instanceof RangeError) || error.message !== 'Invalid string length') return error
  return limitFault('a string would exceed the maximum length of a string')
}

/** The fault with its position in the expression, unless it has one already. */
export function placedFault(fault: YqFault, source: ExpressionSource, range: SourceRange): YqFault {
  if (fault.position !== undefined) return fault
  const text = source.text.slice(range.start, range.end).split('\n')[0] ?? ''
  return new YqFault({
    code: fault.code,
    message: fault.sentence,
    yqMessage: fault.yqMessage,
    position: positionAt(source.file, source.text, range.start),
    source: source.text,
    width: Math.max(1, Array.from(text).length),
    hint: fault.hint,
    details: fault.details,
    verbose: fault.verbose,
    blame: fault.blame,
    cause: fault,
  })
}
