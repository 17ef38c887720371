import type { IncomingMessage } from 'node:http'

/**
 * The bytes of an answer, of which no more than `largest` are read.
 *
 * @throws an error that says so when there are more, and what the connection throws
 */
export async function readAnswer(response: IncomingMessage, largest: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.byteLength
    if (size > largest) throw new Error(`the answer is larger than ${largest} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
