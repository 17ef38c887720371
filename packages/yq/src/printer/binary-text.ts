import { bytesToBase64 } from '../go/bytes.ts'
import { YqFault } from '../errors.ts'
import { bytesOfText } from '../go/byte-text.ts'

export const BINARY_TAG = '!!binary'

/**
 * The base64 that go-yaml prints after `!!binary` for a text with bytes that are not UTF-8.
 *
 * @throws YqFault when the node has an explicit tag
 */
export function binaryText(text: string, tag: string): string {
  if (tag === '') return bytesToBase64(bytesOfText(text))
  const message =
    tag === BINARY_TAG
      ? 'explicitly tagged !!binary data must be base64-encoded'
      : `cannot marshal invalid UTF-8 data as ${tag}`
  throw new YqFault({
    code: 'evaluation-failed',
    message,
    yqMessage: `go-yaml dump error in serializer: ${message}`,
  })
}
