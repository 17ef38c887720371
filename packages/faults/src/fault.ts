import { formatPosition, type Position } from './position.ts'

/** Whose fault an error is; it decides the exit status of the command: input 2, program 3. */
export type Blame = 'input' | 'program'

export interface FaultOptions<Code extends string> {
  /** A stable identifier that programs may test, such as `overlay-unknown`. */
  readonly code: Code
  /** One sentence that says what is wrong and what was expected, in words of the user's domain, without a final full stop. */
  readonly message: string
  readonly position?: Position | undefined
  /** Positions that the message or the details tell, for reports that need one where there is no `position`. */
  readonly related?: readonly Position[] | undefined
  /** The text that `position` refers to, if it may be shown: the command prints the line with a caret. */
  readonly source?: string | undefined
  /** What to do about it, one sentence. */
  readonly hint?: string | undefined
  /** Further lines, such as each missing file. Shown one per line. */
  readonly details?: readonly string[] | undefined
  /** Text for `--verbose` only, already redacted, such as what kustomize printed. */
  readonly verbose?: string | undefined
  readonly blame?: Blame | undefined
  readonly cause?: unknown
}

/**
 * The base of every package's error class. A fault is data: code, sentence, position, hint. Libraries throw
 * it and print nothing; the command renders it. `message` starts with the position, so that an unrendered
 * fault is still useful.
 */
export class Fault<
  Code extends string = string,
  Options extends FaultOptions<Code> = FaultOptions<Code>,
> extends Error {
  readonly code: Code
  /** The sentence alone, without the position. */
  readonly sentence: string
  readonly position: Position | undefined
  readonly related: readonly Position[]
  readonly source: string | undefined
  readonly hint: string | undefined
  readonly details: readonly string[]
  readonly verbose: string | undefined
  readonly blame: Blame
  readonly #options: Options

  constructor(options: Options) {
    const { position, message } = options
    super(
      position === undefined ? message : `${formatPosition(position)}: ${message}`,
      options.cause === undefined ? undefined : { cause: options.cause },
    )
    this.name = new.target.name
    this.#options = options
    this.code = options.code
    this.sentence = message
    this.position = position
    this.related = options.related ?? []
    this.source = options.source
    this.hint = options.hint
    this.details = options.details ?? []
    this.verbose = options.verbose
    this.blame = options.blame ?? 'input'
  }

  /** A copy of the fault with some parts replaced: a caller may know the position, or a better hint. */
  with(changes: Partial<Options>): this {
    // Subclasses inherit this constructor.
    const Same = this.constructor as new (options: Options) => this
    return new Same({ ...this.#options, ...changes })
  }
}
