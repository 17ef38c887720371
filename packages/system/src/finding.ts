import type { Position } from '@overlay-render/faults'

/** An `error` fails a check, a `warning` fails a strict check, an `info` never fails one. */
export type Severity = 'error' | 'warning' | 'info'

/**
 * A message of a render, a check or a review about the user's files. It stays data until it is printed: libraries
 * return findings and print nothing.
 */
export interface Finding {
  /** A stable name that settings and programs may test, such as `patch-without-change`. */
  readonly rule: string
  readonly severity: Severity
  /** One sentence in words of the user's domain, without a position and without a final full stop. */
  readonly message: string
  readonly position?: Position | undefined
  /**
   * The subject, such as `Deployment prow/deck env LOG_LEVEL`. It must not change when lines move: a baseline matches
   * findings by rule and object, or by file and message when absent.
   */
  readonly object?: string | undefined
  /** What to do about it, one sentence. */
  readonly hint?: string | undefined
}

/** A finding in JSON: its position is three fields, and a field without a value is absent. */
export interface FindingData {
  readonly rule: string
  readonly severity: Severity
  readonly message: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly object?: string
  readonly hint?: string
}

/** A finding as every JSON output has it. */
export function findingData({ rule, severity, message, position, object, hint }: Finding): FindingData {
  return {
    rule,
    severity,
    message,
    ...placeData(position),
    ...(object === undefined ? {} : { object }),
    ...(hint === undefined ? {} : { hint }),
  }
}

/** A position as fields of a JSON object; none for undefined. */
export function placeData(position: Position | undefined): Partial<Position> {
  if (position === undefined) return {}
  const { file, line, column } = position
  return { file, line, column }
}
