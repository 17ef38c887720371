import type { YqFault } from '../errors.ts'
import type { Node } from '../tree/node.ts'
import type { FormatPreferences } from './preferences.ts'

/** One input, as far as its bytes could be read as text. */
export interface InputText {
  readonly text: string
  /** Named in faults and by `filename`; `-` is stdin. */
  readonly fileName: string
  readonly fileIndex: number
  /** Whether the front of the file is kept apart (YAML only): with `eval-all` only that of the first file is. */
  readonly headerPreprocess: boolean
  /** What to throw at the end of the text, when what follows could not be read as text. */
  readonly endFault?: YqFault | undefined
}

export interface EncodeSettings {
  /** Spaces of one level. */
  readonly indent: number
  /** Scalars are printed bare. */
  readonly unwrapScalar: boolean
  readonly preferences: FormatPreferences
}

/** Turns results into text. */
export interface Encoder {
  /** Aliases are printed as such; for other encoders they are replaced by what they point at. */
  readonly handlesAliases: boolean
  /** yq does not flush what it wrote of a map or list, so that with NUL between results the last 4 KiB are lost. */
  readonly losesCollections?: boolean
  /** What is between two documents. */
  readonly separator: string
  /** The text of one result with the leading lines of its file in front, final line break included. */
  encode(node: Node, leadingContent: string): string
}

/** The documents of a text, one by one: a fault in a later one comes after the earlier ones have been given. */
export type Decoder = (input: InputText, preferences: FormatPreferences) => Iterable<Node>

export interface Format {
  readonly name: string
  /** Other names; these and `name` are also the file extensions that `auto` knows. */
  readonly aliases: readonly string[]
  /** Extension of the files that `--split-exp` makes. */
  readonly extension: string
  readonly decode?: Decoder
  readonly makeEncoder?: (settings: EncodeSettings) => Encoder
}
