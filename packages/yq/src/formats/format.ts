import type { YqFault } from '../errors.ts'
import type { Node } from '../tree/node.ts'
import type { FormatPreferences } from './preferences.ts'

/** One input, up to the first bytes that are not text. */
export interface InputText {
  readonly text: string
  /** The file name in errors and for `filename`; `-` is stdin. */
  readonly fileName: string
  readonly fileIndex: number
  /** Whether the leading content of the file is kept separately (YAML only); with `eval-all` only for the first file. */
  readonly headerPreprocess: boolean
  /** The error to throw at the end of the text, if the bytes after it are not text. */
  readonly endFault?: YqFault | undefined
}

export interface EncodeSettings {
  /** Spaces of one level. */
  readonly indent: number
  /** Whether scalars are printed without quotes. */
  readonly unwrapScalar: boolean
  readonly preferences: FormatPreferences
}

/** Turns results into text. */
export interface Encoder {
  /** Whether aliases are printed; otherwise they are replaced by their targets. */
  readonly handlesAliases: boolean
  /** yq does not flush the output of a map or list, so with NUL separators the last 4 KiB are lost. */
  readonly losesCollections?: boolean
  /** The separator of documents. */
  readonly separator: string
  /** The text of one result after the leading lines of its file, with a final line break. */
  encode(node: Node, leadingContent: string): string
}

/** The documents of a text, one by one, so that documents before an error are available. */
export type Decoder = (input: InputText, preferences: FormatPreferences) => Iterable<Node>

export interface Format {
  readonly name: string
  /** Other names; these and `name` are also the file extensions for `auto`. */
  readonly aliases: readonly string[]
  /** Extension of the files created by `--split-exp`. */
  readonly extension: string
  readonly decode?: Decoder
  readonly makeEncoder?: (settings: EncodeSettings) => Encoder
}
