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

  /** Draws a line over the one that the cursor is in; an empty text takes it away. */
  drawOver(text: string): void {
    this.#stream.write(`\r\u001b[2K${printableLines(text, this.#keep)}`)
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
