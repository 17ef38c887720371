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
