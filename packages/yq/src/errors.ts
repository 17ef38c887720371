import { Fault, type FaultOptions } from '@overlay-render/faults'

/** The error codes of this package. They are stable, so programs may test them. */
export type YqCode =
  /** The text is not YAML, or not a document of the given format. */
  | 'document-invalid'
  /** The expression has a syntax error: an unknown word, a missing bracket, a missing operand. */
  | 'expression-invalid'
  /** The expression cannot be applied to these documents, such as a map divided by a number. */
  | 'evaluation-failed'
  /** The expression uses the environment, a file or a program without permission. */
  | 'capability-refused'
  /** A limit on time or memory was exceeded: nesting, repetition, an index. */
  | 'limit-exceeded'
  /** A format, an encoding or a setting that is not supported. */
  | 'unsupported'

export interface YqFaultOptions extends FaultOptions<YqCode> {
  /** The message of yq 4 for this error, if it differs from `message`. */
  readonly yqMessage?: string | undefined
  /** How many characters the caret under `position` spans. */
  readonly width?: number | undefined
}

/** The error class of this package. */
export class YqFault extends Fault<YqCode, YqFaultOptions> {
  /** The message of yq 4 for this error, without `Error: `. */
  readonly yqMessage: string
  readonly width: number

  constructor(options: YqFaultOptions) {
    const yqMessage = options.yqMessage ?? options.message
    // Stored with the other options, so that `with` keeps yq's message.
    super({ ...options, yqMessage })
    this.yqMessage = yqMessage
    this.width = options.width ?? 1
  }
}
