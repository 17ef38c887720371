import { displayWidth, printable, printableLines, wrapToWidth } from '@overlay-render/system'

/** A colour, as `paint` and the reports set it. */
const COLOUR = String.raw`\u001b\[\d{1,2}(?:;\d{1,2})*m`
const COLOURS = new RegExp(COLOUR, 'gu')
const COLOURS_AND_ENDS = new RegExp(`(\n|${COLOUR})`, 'u')

/** Columns before what goes on below a line, besides those of the line itself. */
const HANGING = 2
/** A terminal that is narrower breaks lines itself. */
const MIN_WIDTH = 20
/** What a person copies: a command at the end of a line, a short value in quotes. */
const UNBROKEN =
  /(?<=: )(?:overlay-render [a-z-]|git (?:add|config|fetch|cat-file) |kubectl (?:create|--context) |go install ).+$|"[^"]{1,40}"/gu

/** Where a message stream writes. What is no terminal has neither columns nor rows. */
interface Target {
  write(chunk: string | Uint8Array): unknown
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
}

/**
 * A stream that people and CI systems read. Texts hold names and values out of a stranger's files: what would drive a
 * terminal or a CI system is shown as an escape. Bytes are results, such as manifests, and go out as they are.
 */
export class MessageStream {
  readonly #target: Target
  readonly #keep: RegExp | undefined
  readonly #strips: boolean
  /** Lines that are drawn over, the cursor at the end of the last one. */
  #drawn = 0

  /** @param painted whether what is written has colours of ours: without `colour` they are taken away */
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
   * Writes lines for a person: on a terminal, what does not fit goes on below, a little to the right, and no word, path or
   * command is broken. Elsewhere a line stays one line.
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

  /** Columns of the terminal. Infinite elsewhere, and on a terminal that does not know its width, such as that of a CI job. */
  get width(): number {
    const { isTTY = false, columns = 0 } = this.#target
    return isTTY && columns >= MIN_WIDTH ? columns : Number.POSITIVE_INFINITY
  }

  /** Draws lines over those that were drawn last, each as far as it fits; no lines take them away. */
  drawOver(lines: readonly string[]): void {
    const shown = lines.map((line) => cutTo(printable(line), this.#columns - 1))
    if (shown.length === 0 && this.#drawn === 0) return
    const up = this.#drawn > 1 ? `\u001b[${this.#drawn - 1}A` : ''
    this.#target.write(`${up}\r\u001b[J${shown.join('\n')}`)
    this.#drawn = shown.length
  }

  /** Lines of the terminal. */
  get rows(): number {
    const { rows = 0 } = this.#target
    return rows > 0 ? rows : 24
  }

  /** A terminal may not know how wide it is, and says 0. */
  get #columns(): number {
    const { columns = 0 } = this.#target
    return columns > 0 ? columns : 100
  }

  /** Clears the screen; what was scrolled away stays in the terminal's memory. */
  clearScreen(): void {
    this.#target.write('\u001b[2J\u001b[H')
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
