import { limitFault } from '../evaluator/evaluation-fault.ts'

/** A character at which go-yaml's printer begins a new line when it prints text. */
const BREAKS = /(\r|\n|\u0085|\u2028|\u2029)/

/** Deep documents are longer printed than read, by the square of their depth. */
const MAX_PRINTED = 256 * 1024 * 1024

/** The text printed so far, and where in a line it is. The rules are those of libyaml's emitter. */
export class Output {
  text = ''
  column = 0
  /** Whether a blank would be one too many. */
  isSpaced = true
  /** Whether the line holds nothing yet but indentation and the indicators `-`, `?` and `:`. */
  isIndentation = true
  /** The indentation of a foot comment printed right above, which wants a blank line below; or -1. */
  footIndent = -1

  put(text: string): void {
    this.text += text
    this.column += text.length
  }

  /** Puts `text` with a blank before it, unless there is one. */
  putSpaced(text: string): void {
    this.put(this.isSpaced ? text : ` ${text}`)
  }

  /** @throws YqFault of code `limit-exceeded` */
  breakLine(lineBreak = '\n'): void {
    this.text += lineBreak
    if (this.text.length > MAX_PRINTED) {
      throw limitFault(`the printed text would have more than ${MAX_PRINTED} characters`)
    }
    this.column = 0
    this.isIndentation = true
  }

  /** Goes to `indent` in a line that has no text yet. */
  indentTo(indent: number): void {
    const column = Math.max(indent, 0)
    if (!this.isIndentation || this.column > column || (this.column === column && !this.isSpaced))
      this.breakLine()
    if (this.footIndent === column) this.breakLine()
    if (this.column < column) this.put(' '.repeat(column - this.column))
    this.isSpaced = true
    this.footIndent = -1
  }

  /** An indicator that may be followed by text only with a blank between. */
  putIndicator(indicator: string): void {
    this.putSpaced(indicator)
    this.isSpaced = false
    this.isIndentation = false
  }

  /** `-`, `?` or `:` in front of a node: the line stays mere indentation. */
  putBlockIndicator(indicator: string): void {
    this.putSpaced(indicator)
    this.isSpaced = false
  }

  /** Text that closes what is before it. */
  putClosing(indicator: string): void {
    this.put(indicator)
    this.isSpaced = false
    this.isIndentation = false
  }

  /** An opening bracket or brace. */
  putOpening(indicator: string): void {
    this.putIndicator(indicator)
    this.isSpaced = true
  }

  /** Lines of text, each but the first at `indent`. Ends after the last text or the last break. */
  putLines(text: string, indent: number, startsLine: boolean): void {
    let atBreak = startsLine
    for (const piece of text.split(BREAKS)) {
      if (piece === '') continue
      if (BREAKS.test(piece)) {
        this.breakLine(piece)
        atBreak = true
      } else {
        if (atBreak) this.indentTo(indent)
        this.put(piece)
        this.isIndentation = false
        atBreak = false
      }
    }
  }

  /** A comment, its lines at `indent`, with the line break after it. Lines without `#` get one. */
  putComment(comment: string, indent: number): void {
    const pieces = comment.split(BREAKS)
    for (let index = 0; index < pieces.length; index += 2) {
      const line = pieces[index] ?? ''
      if (line !== '') {
        if (index > 0) this.indentTo(indent)
        this.put(line.startsWith('#') ? line : `# ${line}`)
        this.isIndentation = false
      }
      const lineBreak = pieces[index + 1]
      if (lineBreak !== undefined) this.breakLine(lineBreak)
    }
    if (pieces.at(-1) !== '') this.breakLine()
    this.isSpaced = true
  }
}
