import { utf8Length } from '../../go/bytes.ts'
import { malformed } from '../format-fault.ts'

/**
 * The records of a CSV text by the rules of Go's encoding/csv: empty lines are skipped, a quote is only allowed at a
 * field's start, and every record has as many fields as the first. CRLF is a line break, also inside quotes.
 */
export function* readCsv(text: string, separator: string): Generator<string[]> {
  const reader = new CsvReader(text, separator)
  let width: number | undefined
  for (let record = reader.next(); record !== undefined; record = reader.next()) {
    width ??= record.length
    if (record.length !== width) {
      const place = { text, line: reader.startLine, column: 1 }
      throw malformed(`record on line ${reader.startLine}: wrong number of fields`, place)
    }
    yield record
  }
}

class CsvReader {
  /** The line that the last record began on, from 1. */
  startLine = 0
  readonly #text: string
  readonly #lines: readonly string[]
  readonly #separator: string
  #lineNumber = 0

  constructor(text: string, separator: string) {
    this.#text = text
    // A final \r without \n is dropped, too.
    this.#lines = text.replace(/\r$/, '').split(/\r?\n/)
    this.#separator = separator
  }

  next(): string[] | undefined {
    let line = this.#readLine()
    while (line === '') line = this.#readLine()
    if (line === undefined) return undefined
    this.startLine = this.#lineNumber
    const fields: string[] = []
    let field: Field = { text: '', line, rest: line }
    while (field.rest !== undefined) {
      const { rest } = field
      field = rest.startsWith('"') ? this.#quoted(rest, field.line) : this.#plain(rest, field.line)
      fields.push(field.text)
    }
    return fields
  }

  #readLine(): string | undefined {
    const line = this.#lines[this.#lineNumber]
    // The empty string after the last line break is not a line.
    if (line === undefined || (line === '' && this.#lineNumber === this.#lines.length - 1)) return undefined
    this.#lineNumber++
    return line
  }

  #plain(rest: string, line: string): Field {
    const end = rest.indexOf(this.#separator)
    const text = end < 0 ? rest : rest.slice(0, end)
    const quote = text.indexOf('"')
    if (quote >= 0) throw this.#fault('bare " in non-quoted-field', line, rest.slice(quote))
    return { text, line, rest: end < 0 ? undefined : rest.slice(end + this.#separator.length) }
  }

  /** A quoted field may span several lines; `line` is the line with its closing quote. */
  #quoted(start: string, startLine: string): Field {
    let text = ''
    let line = startLine
    let rest = start.slice(1)
    for (;;) {
      const quote = rest.indexOf('"')
      if (quote < 0) {
        const following = this.#readLine()
        if (following === undefined) {
          // Go counts the line break that ended the field.
          const end = this.#lineNumber < this.#lines.length ? '\n' : ''
          throw this.#fault('extraneous or missing " in quoted-field', line + end, '')
        }
        text += `${rest}\n`
        line = following
        rest = following
        continue
      }
      text += rest.slice(0, quote)
      rest = rest.slice(quote + 1)
      if (rest === '') return { text, line, rest: undefined }
      if (rest.startsWith(this.#separator)) return { text, line, rest: rest.slice(this.#separator.length) }
      if (!rest.startsWith('"')) {
        throw this.#fault('extraneous or missing " in quoted-field', line, `"${rest}`)
      }
      text += '"'
      rest = rest.slice(1)
    }
  }

  /** `rest` is the part of `line` from the error on. Go counts columns in bytes. */
  #fault(reason: string, line: string, rest: string): Error {
    const before = line.slice(0, line.length - rest.length)
    const where = `parse error on line ${this.#lineNumber}, column ${utf8Length(before) + 1}: ${reason}`
    return malformed(
      this.startLine === this.#lineNumber ? where : `record on line ${this.startLine}; ${where}`,
      { text: this.#text, line: this.#lineNumber, column: Array.from(before).length + 1 },
    )
  }
}

interface Field {
  readonly text: string
  readonly line: string
  /** What follows the separator; undefined after the last field of a record. */
  readonly rest: string | undefined
}
