import { fstatSync, writeSync } from 'node:fs'

import type { Writable } from 'node:stream'

type WriteError = NodeJS.ErrnoException
type Stream = Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number }

/**
 * Stdout or stderr of the process. Files and pipes are written to directly, since Node's streams take 3 ms to load. A terminal, and
 * a pipe that is full at the moment, is written to by the stream.
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

  /** Columns of the terminal; 0 elsewhere, and when unknown. */
  get columns(): number {
    return this.#isDirect ? 0 : (this.#open().columns ?? 0)
  }

  /** Rows of the terminal; 0 elsewhere, and when unknown. */
  get rows(): number {
    return this.#isDirect ? 0 : (this.#open().rows ?? 0)
  }

  /** Adds a listener for the error after which nothing can be written, such as EPIPE when the reader has exited. Called once. */
  onLost(listener: (error: WriteError) => void): void {
    this.#listeners.push(listener)
  }

  /** Waits until all output has left the process. */
  async drain(): Promise<void> {
    const stream = this.#stream
    if (stream === undefined || this.#isLost || stream.writableLength === 0) return
    await new Promise<void>((resolve) => {
      stream.once('drain', resolve)
      this.onLost(() => resolve())
    })
  }

  /** Writes as much as possible without waiting, and returns the rest. */
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

/**
 * The major device number of `/dev/null`, `/dev/full` and similar devices on Linux:
 * https://www.kernel.org/doc/Documentation/admin-guide/devices.txt
 */
const MEMORY_DEVICE = 1

/** Whether the descriptor is certainly not a terminal, and can be written to directly. */
function isNoTerminal(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor)
    const isMemory = process.platform === 'linux' && stats.rdev >> 8 === MEMORY_DEVICE
    return stats.isFile() || stats.isFIFO() || stats.isSocket() || isMemory
  } catch {
    // It is closed. The stream reports that.
    return false
  }
}

/** Standard output. */
export const stdout: Output = new Output(1)
/** Standard error. */
export const stderr: Output = new Output(2)
