import { Fault, type FaultOptions } from '@overlay-render/faults'

/** What can go wrong in this package; stable, so that programs may test it. */
export type YqCode =
  /** The text is not YAML, or no document of the format it was said to be. */
  | 'document-invalid'
  /** The expression cannot be read: an unknown word, a missing bracket, a missing operand. */
  | 'expression-invalid'
  /** The expression was read but cannot be applied to these documents, such as a map divided by a number. */
  | 'evaluation-failed'
  /** The expression wants the environment, a file or a program, and was not given it. */
  | 'capability-refused'
  /** A bound that keeps time and memory finite: nesting, repetition, an index. */
  | 'limit-exceeded'
  /** A format, an encoding or a setting that is not supported. */
  | 'unsupported'

export interface YqFaultOptions extends FaultOptions<YqCode> {
  /** The sentence that yq 4 prints for this error, where it differs from `message`. */
  readonly yqMessage?: string | undefined
  /** How many characters the caret under `position` spans. */
  readonly width?: number | undefined
}

/** Every error that this package throws on purpose. */
export class YqFault extends Fault<YqCode, YqFaultOptions> {
  /** The sentence that yq 4 prints for this error, without its `Error: `. */
  readonly yqMessage: string
  readonly width: number

  constructor(options: YqFaultOptions) {
    const yqMessage = options.yqMessage ?? options.message
    // Kept with the rest, so that a fault that is told otherwise still has yq's sentence.
    super({ ...options, yqMessage })
    this.yqMessage = yqMessage
    this.width = options.width ?? 1
  }
}
