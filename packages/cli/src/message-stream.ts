import { printable, printableLines, shortenToWidth, wrapToWidth } from '@overlay-render/system'

/** An escape sequence of a colour, as `paint` and the reports write it. */
const COLOUR = String.raw`\u001b\[\d{1,2}(?:;\d{1,2})*m`
const COLOURS = new RegExp(COLOUR, 'gu')
const COLOURS_AND_ENDS = new RegExp(`(\n|${COLOUR})`, 'u')

/** Columns by which the rest of a wrapped line is indented, in addition to its own indent. */
const HANGING = 2
/** A narrower terminal wraps lines itself. */
const MIN_WIDTH = 20
/** Text that users copy and that must not be wrapped: a command at the end of a line, a short value in quotes. */
const UNBROKEN =
  /(?<=: )(?:overlay-render [a-z-]|git (?:add|config|fetch|cat-file) |kubectl (?:create|--context) |go install ).+$|"[^"]{1,40}"/gu

/** The target of a message stream. Only a terminal has columns and rows. */
interface Target {
  write(chunk: string | Uint8Array): unknown
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
}

/**
 * A stream for people and CI systems. Texts contain untrusted names and values, so control characters are escaped. Bytes are
 * results, such as manifests, and are written unchanged.
 */
export class MessageStream {
  readonly #target: Target
  readonly #keep: RegExp | undefined
  readonly #strips: boolean
  /** The number of drawn lines that the next drawing replaces; the cursor is at the end of the last one. */
  #drawn = 0

  /** @param painted whether texts contain colours; without `colour` they are removed */
  constructor(target: Target, colour: boolean, painted: boolean = colour) {
    this.#target = target
    this.#strips = painted && !colour
    this.#keep = colour ? COLOURS_AND_ENDS : undefined
  }

  write(chunk: string | Uint8Array): void {
    this.drawOver([])
    this.#target.write(typeof chunk === 'string' ? this.#printable(chunk) : chunk)
  }

  #printable(text: string): string {
    return printableLines(this.#strips ? text.replaceAll(COLOURS, '') : text, this.#keep)
  }

  /**
   * Writes lines for a person. On a terminal a long line is wrapped and its rest indented; no word, path or command is broken.
   * Elsewhere lines are not wrapped.
   */
  say(text: string): void {
    const { width } = this
    if (width === Number.POSITIVE_INFINITY) return this.write(text)
    const lines = text.split('\n').flatMap((line) => {
      const indent = line.length - line.trimStart().length + HANGING
      return wrapToWidth(line, width, { indent, unbroken: UNBROKEN })
    })
    this.write(lines.join('\n'))
  }

  /** Columns of the terminal; infinite elsewhere, and on a terminal without a known width, such as that of a CI job. */
  get width(): number {
    const { isTTY = false, columns = 0 } = this.#target
    return isTTY && columns >= MIN_WIDTH ? columns : Number.POSITIVE_INFINITY
  }

  /** Replaces the lines that were drawn last by these, each shortened in its middle to the width: the end says what is done. An empty list removes them. */
  drawOver(lines: readonly string[]): void {
    const shown = lines.map((line) => shortenToWidth(printable(line), this.#columns - 1))
    if (shown.length === 0 && this.#drawn === 0) return
    const up = this.#drawn > 1 ? `\u001b[${this.#drawn - 1}A` : ''
    this.#target.write(`${up}\r\u001b[J${shown.join('\n')}`)
    this.#drawn = shown.length
  }

  /** Rows of the terminal; 24 when unknown. */
  get rows(): number {
    const { rows = 0 } = this.#target
    return rows > 0 ? rows : 24
  }

  /** Columns for drawing; 100 for a terminal that reports 0. */
  get #columns(): number {
    const { columns = 0 } = this.#target
    return columns > 0 ? columns : 100
  }

  /** Clears the screen, but not the scroll-back buffer. */
  clearScreen(): void {
    this.#target.write('\u001b[2J\u001b[H')
  }
}
