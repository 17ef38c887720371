/** The fields of a protobuf message by number, in order: bytes of strings and messages, numbers of the rest. */
export type Message = ReadonlyMap<number, readonly (Buffer | number)[]>

/**
 * Reads one protobuf message without a schema. Nested messages are read lazily.
 *
 * @throws RangeError for bytes that are not a message
 */
export function readMessage(bytes: Buffer): Message {
  const fields = new Map<number, (Buffer | number)[]>()
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes.readUInt8(at++)
      value += (byte & 0x7f) * factor
      if (byte < 0x80) return value
    }
  }
  const run = (length: number): Buffer => {
    if (at + length > bytes.length) throw new RangeError('a field ends after its message')
    return bytes.subarray(at, (at += length))
  }
  while (at < bytes.length) {
    const tag = varint()
    const wire = tag % 8
    const value = wire === 0 ? varint() : run(wire === 2 ? varint() : wire === 1 ? 8 : 4)
    if (wire !== 0 && wire !== 1 && wire !== 2 && wire !== 5) throw new RangeError('not a protobuf message')
    const field = (tag - wire) / 8
    const known = fields.get(field)
    if (known === undefined) fields.set(field, [value])
    else known.push(value)
  }
  return fields
}

/** The messages of a repeated field. */
export function messagesOf(message: Message | undefined, field: number): Message[] {
  return bytesOf(message, field).map(readMessage)
}

/** The texts of a repeated field. */
export function textsOf(message: Message | undefined, field: number): string[] {
  return bytesOf(message, field).map((bytes) => bytes.toString('utf8'))
}

function bytesOf(message: Message | undefined, field: number): Buffer[] {
  return (message?.get(field) ?? []).filter((value) => typeof value !== 'number')
}
