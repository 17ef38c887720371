import { bytesOfText, hasInvalidUtf8 } from '../../go/byte-text.ts'
import { printBody } from '../../printer/print.ts'
import { printLeadingContent } from '../../printer/leading-content.ts'
import { decodeUpToFault } from '../../reader/decode-text.ts'
import { iterateDocuments } from '../../reader/read.ts'
import type { Node } from '../../tree/node.ts'
import type { EncodeSettings, Encoder, InputText } from '../format.ts'

export function decodeYaml({
  text,
  fileName,
  fileIndex,
  headerPreprocess,
  endFault,
}: InputText): Iterable<Node> {
  // Bytes decoded by `@base64d` may not be text.
  const input = hasInvalidUtf8(text) ? decodeUpToFault(bytesOfText(text), fileName) : { text, endFault }
  return iterateDocuments(input.text, { fileName, fileIndex, headerPreprocess, endFault: input.endFault })
}

export function yamlEncoder({ indent, unwrapScalar, preferences: { yaml } }: EncodeSettings): Encoder {
  const { compactSequences, printSeparators } = yaml
  const options = { indent, unwrapScalar, compactSequences, printDocSeparators: printSeparators }
  return {
    handlesAliases: true,
    separator: printSeparators ? '---\n' : '',
    encode: (node, leadingContent) =>
      printLeadingContent(leadingContent, printSeparators) + printBody(node, options),
  }
}
