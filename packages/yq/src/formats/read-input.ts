import type { DataFormat } from '../expression/ast.ts'
import { YqFault } from '../errors.ts'
import { textOfBytes } from '../go/byte-text.ts'
import { decodeUpToFault } from '../reader/decode-text.ts'
import type { Node } from '../tree/node.ts'
import type { Format } from './format.ts'
import { FORMATS } from './formats.ts'
import type { FormatPreferences } from './preferences.ts'

export interface InputSource {
  readonly fileName: string
  readonly fileIndex: number
  /** Whether the leading content of a YAML file is kept separately. */
  readonly headerPreprocess: boolean
}

/**
 * The documents of a file, one by one, each a root with `document` set.
 *
 * @throws YqFault when the bytes are not a document of the format, after yielding the documents before
 */
export function* readInput(
  format: DataFormat | Format,
  bytes: Uint8Array,
  source: InputSource,
  preferences: FormatPreferences,
): Generator<Node> {
  const { name, decode }: Format = typeof format === 'string' ? FORMATS[format] : format
  if (decode === undefined) {
    throw new YqFault({ code: 'unsupported', message: `no support for ${name} input format` })
  }
  const { fileName, fileIndex } = source
  const text = name === 'yaml' ? decodeUpToFault(bytes, fileName) : { text: textOfBytes(bytes) }
  let index = 0
  try {
    for (const node of decode({ ...source, ...text }, preferences)) {
      node.document = { leadingContent: node.document?.leadingContent ?? '', index, fileIndex, fileName }
      index++
      yield node
    }
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
    const { position, yqMessage } = error
    throw error.with({
      yqMessage: `bad file '${fileName}': ${yqMessage}`,
      position: position?.file === '' ? { ...position, file: fileName } : position,
    })
  }
}
