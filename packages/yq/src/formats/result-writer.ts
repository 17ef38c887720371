import { withoutStringLength } from '../evaluator/evaluation-fault.ts'
import { bytesOfText, textOfBytes } from '../go/byte-text.ts'
import { explodeNode } from '../operators/explode.ts'
import { MERGE_OVERRIDES } from '../operators/find-entries.ts'
import { ResultPrinter } from '../printer/print.ts'
import type { Node } from '../tree/node.ts'
import type { Encoder } from './format.ts'
import { cannotEncode } from './format-fault.ts'

export interface ResultWriterOptions {
  readonly encoder: Encoder
  /** How merge keys are resolved for formats without them. */
  readonly mergeToSpecification: boolean
  /** Called once when merge keys are resolved by yq's rules instead of the specification. */
  readonly onWarning?: (message: string) => void
  /** Called before each result is printed: at that point yq evaluates the file name, which can change the result. */
  readonly begin?: (node: Node) => void
  /** Receives the text of each result. */
  readonly write: (text: string, node: Node) => void
  /** Whether each result ends with NUL instead of a line break. */
  readonly nulOutput?: boolean
}

/** Writes results of any format, with yq's separators. */
export class ResultWriter {
  /** Whether any result so far was neither null nor false. */
  wroteMatch = false
  #warned = false
  readonly #options: ResultWriterOptions
  readonly #documents = new ResultPrinter()

  constructor(options: ResultWriterOptions) {
    this.#options = options
  }

  print(results: readonly Node[]): void {
    const { encoder, begin, write } = this.#options
    // In place, like yq: later evaluations see the change.
    if (!encoder.handlesAliases) {
      const onMerge = this.#warnOfMerge.bind(this)
      for (const node of results) explodeNode(node, this.#options, onMerge)
    }
    for (const node of results) {
      begin?.(node)
      const isOther = this.#documents.separatorBefore(node) !== ''
      this.wroteMatch ||= node.tag !== '!!null' && (node.tag !== '!!bool' || node.value !== 'false')
      write((isOther ? encoder.separator : '') + this.#resultText(node), node)
    }
  }

  #warnOfMerge(): void {
    if (!this.#warned) this.#options.onWarning?.(MERGE_OVERRIDES)
    this.#warned = true
  }

  #resultText(node: Node): string {
    const { encoder, nulOutput = false } = this.#options
    const text = encodeWithinBounds(encoder, node)
    if (!nulOutput) return text
    const isCut = encoder.losesCollections === true && node.kind !== 'scalar'
    if (isCut) this.#options.onWarning?.(UNFLUSHED)
    const bare = (isCut ? wholeBuffers(text) : text).replace(/(?:\r\n|\r|\n)$/, '')
    if (bare.includes('\0')) {
      throw cannotEncode(
        "can't serialise value because it contains NUL char and you are using NUL separated output",
      )
    }
    return `${bare}\0`
  }
}

const UNFLUSHED =
  'with -0, yq loses the end of a map or list in this format, and so does this command: omit -0 to see all of it'

/** The output of a Go writer with a 4 KiB buffer that is never flushed. */
function wholeBuffers(text: string): string {
  const bytes = bytesOfText(text)
  return textOfBytes(bytes.subarray(0, bytes.length - (bytes.length % 4096)))
}

/** The output of deep documents grows with the square of their depth. */
function encodeWithinBounds(encoder: Encoder, node: Node): string {
  try {
    return encoder.encode(node, node.document?.leadingContent ?? '')
  } catch (error) {
    throw withoutStringLength(error)
  }
}
