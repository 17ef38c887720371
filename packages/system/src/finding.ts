import type { Position } from '@overlay-render/faults'

/** How much a finding weighs: an `error` fails a check, a `warning` fails a strict one, an `info` never does. */
export type Severity = 'error' | 'warning' | 'info'

/**
 * Something that a render, a check or a review has to say about the user's files. It is data from where it arises to
 * where it is printed: libraries return findings and print nothing.
 */
export interface Finding {
  /** A stable name that settings and programs may test, such as `patch-without-change`. */
  readonly rule: string
  readonly severity: Severity
  /** One sentence in words of the user's domain, without a position and without a final full stop. */
  readonly message: string
  readonly position?: Position | undefined
  /**
   * What it is about, such as `Deployment prow/deck env LOG_LEVEL`, in words that stay the same when lines move: a
   * baseline knows a finding again by its rule and this; by its file and message when absent.
   */
  readonly object?: string | undefined
  /** What to do about it, one sentence. */
  readonly hint?: string | undefined
}
