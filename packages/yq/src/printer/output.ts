import { limitFault } from '../evaluator/evaluation-fault.ts'

/** The line breaks of go-yaml's printer. */
const BREAKS = /(\r|\n|\u0085|\u2028|\u2029)/

/** Characters. Indentation can make printed text far longer than its source: it grows with the square of the depth. */
const MAX_PRINTED = 256 * 1024 * 1024

/** The text printed so far, and the state of its last line, as in libyaml's emitter. */
export class Output {
  text = ''
  column = 0
  /** Whether the text ends with white space, so that the next indicator needs no blank before it. */
  isSpaced = true
  /** Whether the line has only indentation and the indicators `-`, `?` and `:` so far. */
  isIndentation = true
  /** Indentation of a foot comment in the line above, which needs a blank line after it; -1 for none. */
  footIndent = -1

  put(text: string): void {
    this.text += text
    this.column += text.length
  }

  /** Prints `text` with a blank before it, unless there is one. */
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

  /** Indents the line, or a new line if this one has text. */
  indentTo(indent: number): void {
    const column = Math.max(indent, 0)
    if (!this.isIndentation || this.column > column || (this.column === column && !this.isSpaced))
      this.breakLine()
    if (this.footIndent === column) this.breakLine()
    if (this.column < column) this.put(' '.repeat(column - this.column))
    this.isSpaced = true
    this.footIndent = -1
  }

  /** Prints an indicator that needs a blank before the next text. */
  putIndicator(indicator: string): void {
    this.putSpaced(indicator)
    this.isSpaced = false
    this.isIndentation = false
  }

  /** Prints `-`, `?` or `:` before a node: they count as indentation. */
  putBlockIndicator(indicator: string): void {
    this.putSpaced(indicator)
    this.isSpaced = false
  }

  /** Prints text directly after the previous text: `:`, `,` or a closing bracket or quote. */
  putClosing(indicator: string): void {
    this.put(indicator)
    this.isSpaced = false
    this.isIndentation = false
  }

  /** Prints an opening bracket or brace. */
  putOpening(indicator: string): void {
    this.putIndicator(indicator)
    this.isSpaced = true
  }

  /** Prints lines of text; indents all but the first, or all with `startsLine`. Adds no break at the end. */
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

  /** Prints a comment and a line break; indents all lines but the first. Lines without `#` get one. */
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
