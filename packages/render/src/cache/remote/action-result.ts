/**
 * The message `ActionResult` of Bazel's remote execution API, version 2: the fields that a cache entry needs. Servers such as
 * bazel-remote accept nothing else below `/ac/`, and keep the contents that it names in `/cas/` as long as the entry.
 */
export interface ActionResult {
  /** The contents in `/cas/`. */
  readonly files: readonly NamedDigest[]
  /** What the action printed. Here: the signature of the entry. */
  readonly stdout: Uint8Array
}

export interface NamedDigest {
  readonly path: string
  /** The sha256 in hex. */
  readonly digest: string
  readonly bytes: number
}

/** Field numbers, from remote_execution.proto. */
const FIELDS = {
  result: { outputFiles: 2, stdoutRaw: 5 },
  file: { path: 1, digest: 2 },
  digest: { hash: 1, sizeBytes: 2 },
} as const

/** Wire types: how a field is written, the low three bits of its tag. */
const VARINT = 0
const FIXED_64 = 1
const LENGTH_DELIMITED = 2
const FIXED_32 = 5

/** The message in the wire format of Protocol Buffers. */
export function encodeActionResult({ files, stdout }: ActionResult): Buffer {
  const written = files.map(({ path, digest, bytes }) => {
    const digestMessage = Buffer.concat([
      delimited(FIELDS.digest.hash, Buffer.from(digest)),
      varint(FIELDS.digest.sizeBytes * 8 + VARINT),
      varint(bytes),
    ])
    const file = Buffer.concat([
      delimited(FIELDS.file.path, Buffer.from(path)),
      delimited(FIELDS.file.digest, digestMessage),
    ])
    return delimited(FIELDS.result.outputFiles, file)
  })
  return Buffer.concat([...written, delimited(FIELDS.result.stdoutRaw, stdout)])
}

/** Parses an untrusted message; undefined when it is malformed. Unknown fields are skipped, since servers add some. */
export function decodeActionResult(message: Uint8Array): ActionResult | undefined {
  const files: NamedDigest[] = []
  let stdout: Uint8Array = new Uint8Array()
  for (const field of fieldsOf(message)) {
    if (field === MALFORMED) return undefined
    if (field.number === FIELDS.result.stdoutRaw && typeof field.value !== 'number') stdout = field.value
    if (field.number !== FIELDS.result.outputFiles) continue
    const file = typeof field.value === 'number' ? undefined : decodeFile(field.value)
    if (file === undefined) return undefined
    files.push(file)
  }
  return { files, stdout }
}

function decodeFile(message: Uint8Array): NamedDigest | undefined {
  let path = ''
  let digest = ''
  let bytes = 0
  for (const field of fieldsOf(message)) {
    if (field === MALFORMED) return undefined
    if (typeof field.value === 'number') continue
    if (field.number === FIELDS.file.path) path = textOf(field.value)
    if (field.number !== FIELDS.file.digest) continue
    for (const inner of fieldsOf(field.value)) {
      if (inner === MALFORMED) return undefined
      if (inner.number === FIELDS.digest.hash && typeof inner.value !== 'number') digest = textOf(inner.value)
      if (inner.number === FIELDS.digest.sizeBytes && typeof inner.value === 'number') bytes = inner.value
    }
  }
  return /^[0-9a-f]{64}$/u.test(digest) ? { path, digest, bytes } : undefined
}

interface Field {
  readonly number: number
  /** A number for a varint, bytes for everything else. */
  readonly value: number | Uint8Array
}

const MALFORMED = Symbol('not a message')

/** The fields of a message in their order; ends with `MALFORMED` when the bytes are not a message. */
function* fieldsOf(message: Uint8Array): Generator<Field | typeof MALFORMED> {
  let at = 0
  const number = (): number | undefined => {
    const read = readVarint(message, at)
    at = read?.end ?? message.length
    return read?.value
  }
  while (at < message.length) {
    const tag = number()
    const kind = (tag ?? 0) % 8
    const length = kind === LENGTH_DELIMITED ? number() : kind === FIXED_64 ? 8 : kind === FIXED_32 ? 4 : 0
    const isKnown = [VARINT, FIXED_64, LENGTH_DELIMITED, FIXED_32].includes(kind)
    if (tag === undefined || !isKnown || length === undefined || at + length > message.length)
      return yield MALFORMED
    const value = kind === VARINT ? number() : message.subarray(at, (at += length))
    if (value === undefined) return yield MALFORMED
    yield { number: Math.floor(tag / 8), value }
  }
}

function readVarint(bytes: Uint8Array, from: number): { value: number; end: number } | undefined {
  let value = 0
  for (let at = from; at < Math.min(from + 10, bytes.length); at++) {
    const byte = bytes[at] ?? 0
    value += (byte & 0x7f) * 2 ** (7 * (at - from))
    if (byte < 0x80) return { value, end: at + 1 }
  }
  return undefined
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest])
    bytes.push((rest % 128) + 128)
  }
}

function delimited(field: number, content: Uint8Array): Buffer {
  return Buffer.concat([varint(field * 8 + LENGTH_DELIMITED), varint(content.byteLength), content])
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}
