import { gunzipSync } from 'node:zlib'

/** The Kubernetes OpenAPI document embedded in a program: JSON up to kustomize 4, protobuf from 5 on. */
export type EmbeddedSchema =
  | { readonly form: 'json'; readonly text: string }
  | { readonly form: 'protobuf'; readonly bytes: Buffer }

/** The first bytes of a gzip member with deflate compression. */
const GZIP = Buffer.from([0x1f, 0x8b, 0x08])
/** kustomize also embeds a small schema of its own; the Kubernetes schema is several megabytes. */
const SMALLEST = 1024 * 1024
const MAX_BYTES = 64 * 1024 * 1024
/** The start of an `openapi.v2.Document` in protobuf: field 1, the Swagger version. */
const DOCUMENT = Buffer.from('\n\x032.0', 'latin1')

/** Finds the embedded document, which is compressed; undefined when there is none. */
export function findSchema(binary: Buffer): EmbeddedSchema | undefined {
  for (let at = binary.indexOf(GZIP); at >= 0; at = binary.indexOf(GZIP, at + 1)) {
    const bytes = inflate(binary.subarray(at))
    if (bytes === undefined || bytes.length < SMALLEST) continue
    if (bytes[0] === 0x7b) return { form: 'json', text: bytes.toString('utf8') }
    if (bytes.subarray(0, DOCUMENT.length).equals(DOCUMENT)) return { form: 'protobuf', bytes }
  }
  return undefined
}

/** Undefined when the bytes are not a gzip member, as for most occurrences of the three bytes. */
function inflate(bytes: Buffer): Buffer | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_BYTES })
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined
    throw error
  }
}
