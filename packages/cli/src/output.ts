import { fstatSync, writeSync } from 'node:fs'

import type { Writable } from 'node:stream'

type WriteError = NodeJS.ErrnoException
type Stream = Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number }

/**
 * Stdout or stderr of the process. Files and pipes are written to directly: the streams of Node take 3 ms to load. For a
 * terminal, and for a pipe that takes no more at the moment, there is the stream.
 */
export class Output {
  readonly #descriptor: 1 | 2
  readonly #listeners: ((error: WriteError) => void)[] = []
  readonly #isDirect: boolean
  #stream: Stream | undefined
  #isLost = false

  constructor(descriptor: 1 | 2) {
    this.#descriptor = descriptor
    this.#isDirect = isNoTerminal(descriptor)
  }

  write(chunk: string | Uint8Array): void {
    if (this.#isLost) return
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    const rest = this.#isDirect && this.#stream === undefined ? this.#writeDirectly(bytes) : bytes
    if (rest.length > 0) this.#open().write(rest)
  }

  get isTTY(): boolean {
    return !this.#isDirect && this.#open().isTTY === true
  }

  /** Of the terminal; 0 elsewhere, and for a terminal that does not know. */
  get columns(): number {
    return this.#isDirect ? 0 : (this.#open().columns ?? 0)
  }

  /** Of the terminal; 0 elsewhere, and for a terminal that does not know. */
  get rows(): number {
    return this.#isDirect ? 0 : (this.#open().rows ?? 0)
  }

  /** Tells, once, why nobody takes what is written any more: EPIPE when the reader has left. */
  onLost(listener: (error: WriteError) => void): void {
    this.#listeners.push(listener)
  }

  /** Waits until everything written has left the process. */
  async drain(): Promise<void> {
    const stream = this.#stream
    if (stream === undefined || this.#isLost || stream.writableLength === 0) return
    await new Promise<void>((resolve) => {
      stream.once('drain', resolve)
      this.onLost(() => resolve())
    })
  }

  /** Writes what is taken at once, and returns the rest. */
  #writeDirectly(bytes: Uint8Array): Uint8Array {
    let rest = bytes
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(this.#descriptor, rest))
      return rest
    } catch (error) {
      if (!(error instanceof Error)) throw error
      const failure: WriteError = error
      if (failure.code === 'EAGAIN') return rest
      this.#lose(failure)
      return new Uint8Array()
    }
  }

  #open(): Stream {
    if (this.#stream !== undefined) return this.#stream
    const stream = this.#descriptor === 1 ? process.stdout : process.stderr
    stream.on('error', (error) => this.#lose(error))
    this.#stream = stream
    return stream
  }

  #lose(error: WriteError): void {
    if (this.#isLost) return
    this.#isLost = true
    for (const listener of this.#listeners) listener(error)
  }
}

/** The device number of `/dev/null`, `/dev/full` and their kind, on Linux: https://www.kernel.org/doc/Documentation/admin-guide/devices.txt */
const MEMORY_DEVICE = 1

/** Whether it is certainly no terminal, and takes all that is written as soon as it can. */
function isNoTerminal(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor)
    const isMemory = process.platform === 'linux' && stats.rdev >> 8 === MEMORY_DEVICE
    return stats.isFile() || stats.isFIFO() || stats.isSocket() || isMemory
  } catch {
    // It is closed, and the stream says what that means.
    return false
  }
}

export const stdout: Output = new Output(1)
export const stderr: Output = new Output(2)
