import { YqFault } from '../errors.ts'
import type { EncodeOptions } from '../expression/ast.ts'
import type { Node } from '../tree/node.ts'
import type { Format } from './format.ts'
import { FORMATS } from './formats.ts'
import type { FormatPreferences } from './preferences.ts'
import { ResultWriter } from './result-writer.ts'

/** Encodes a node as text of a format, for operators such as `to_json`. */
export function encodeText(
  node: Node,
  { format, indent }: EncodeOptions,
  preferences: FormatPreferences,
  mergeToSpecification: boolean,
): string {
  const { name, makeEncoder }: Format = FORMATS[format]
  if (makeEncoder === undefined) {
    throw new YqFault({ code: 'unsupported', message: `no support for ${name} output format` })
  }
  // JSON quotes its scalars here, regardless of the flags.
  const unwrapScalar = format !== 'json' && preferences.yaml.unwrapScalar
  let text = ''
  const printer = new ResultWriter({
    encoder: makeEncoder({ indent, unwrapScalar, preferences }),
    mergeToSpecification,
    write: (piece) => (text += piece),
  })
  printer.print([node])
  return text
}
