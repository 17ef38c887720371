import type { Writable } from 'node:stream'

import { printableLines } from '@overlay-render/system'

/** Colours, as `paint` and the reports set them. */
const COLOURS = new RegExp(`(\n|${String.fromCharCode(0x1b)}\\[\\d{1,2}(?:;\\d{1,2})*m)`, 'u')

/**
 * A stream that people and CI systems read. Texts hold names and values out of a stranger's files: what would drive a
 * terminal or a CI system is shown as an escape. Bytes are results, such as manifests, and go out as they are.
 */
export class MessageStream {
  readonly #stream: Writable
  readonly #keep: RegExp | undefined

  constructor(stream: Writable, colour: boolean) {
    this.#stream = stream
    this.#keep = colour ? COLOURS : undefined
  }

  write(chunk: string | Uint8Array): void {
    this.#stream.write(typeof chunk === 'string' ? printableLines(chunk, this.#keep) : chunk)
  }

  /** Draws a line over the one that the cursor is in, as far as it fits; an empty text takes it away. */
  drawOver(text: string): void {
    const shown = printableLines(text, this.#keep).slice(0, this.#columns - 1)
    this.#stream.write(`\r\u001b[2K${shown}`)
  }

  /** A terminal may not know how wide it is, and says 0. */
  get #columns(): number {
    const columns = 'columns' in this.#stream ? Number(this.#stream.columns) : 0
    return columns > 0 ? columns : 100
  }

  /** Clears the screen; what was scrolled away stays in the terminal's memory. */
  clearScreen(): void {
    this.#stream.write('\u001b[2J\u001b[H')
  }

  /** Told when nobody takes what is written any more. */
  onLost(listener: () => void): void {
    this.#stream.once('error', listener)
  }
}
