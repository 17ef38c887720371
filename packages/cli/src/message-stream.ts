import type { Writable } from 'node:stream'

import { displayWidth, printable, printableLines } from '@overlay-render/system'

/** Colours, as `paint` and the reports set them. */
const COLOURS = new RegExp(`(\n|${String.fromCharCode(0x1b)}\\[\\d{1,2}(?:;\\d{1,2})*m)`, 'u')

/**
 * A stream that people and CI systems read. Texts hold names and values out of a stranger's files: what would drive a
 * terminal or a CI system is shown as an escape. Bytes are results, such as manifests, and go out as they are.
 */
export class MessageStream {
  readonly #stream: Writable
  readonly #keep: RegExp | undefined
  /** Lines that are drawn over, the cursor at the end of the last one. */
  #drawn = 0

  constructor(stream: Writable, colour: boolean) {
    this.#stream = stream
    this.#keep = colour ? COLOURS : undefined
  }

  write(chunk: string | Uint8Array): void {
    this.drawOver([])
    this.#stream.write(typeof chunk === 'string' ? printableLines(chunk, this.#keep) : chunk)
  }

  /** Draws lines over those that were drawn last, each as far as it fits; no lines take them away. */
  drawOver(lines: readonly string[]): void {
    const shown = lines.map((line) => cutTo(printable(line), this.#columns - 1))
    if (shown.length === 0 && this.#drawn === 0) return
    const up = this.#drawn > 1 ? `\u001b[${this.#drawn - 1}A` : ''
    this.#stream.write(`${up}\r\u001b[J${shown.join('\n')}`)
    this.#drawn = shown.length
  }

  /** Lines of the terminal. */
  get rows(): number {
    const rows = 'rows' in this.#stream ? Number(this.#stream.rows) : 0
    return rows > 0 ? rows : 24
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

/** As much of a line as fits into so many columns. */
function cutTo(line: string, width: number): string {
  let shown = ''
  for (const character of line) {
    if (displayWidth(shown + character) > width) break
    shown += character
  }
  return shown
}
