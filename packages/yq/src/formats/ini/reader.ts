import { quote } from '../../go/quote.ts'
import { isSpace, trimSpace } from '../../go/white-space.ts'
import { malformed, placeAt } from '../format-fault.ts'

export interface IniSection {
  readonly name: string
  readonly values: Map<string, string>
}

/** The section of keys before any section header, and its explicit name. */
export const DEFAULT_SECTION = 'DEFAULT'

/** The sections of an INI text, like in go-ini: repeated keys and sections are merged. */
export function readIni(text: string, preserveQuotes: boolean): IniSection[] {
  return [...new IniReader(text, preserveQuotes).read().values()]
}

class IniReader {
  readonly #text: string
  readonly #preserveQuotes: boolean
  readonly #sections = new Map<string, IniSection>()
  #at = 0
  #lineStart = 0
  /** Number of the next key that is written `-`. */
  #count = 1

  constructor(text: string, preserveQuotes: boolean) {
    this.#text = text.startsWith('\ufeff') ? text.slice(1) : text
    this.#preserveQuotes = preserveQuotes
  }

  read(): ReadonlyMap<string, IniSection> {
    let section = this.#section(DEFAULT_SECTION)
    while (this.#at < this.#text.length) {
      const line = trimStart(this.#nextLine())
      if (line === '' || line.startsWith('#') || line.startsWith(';')) continue
      if (line.startsWith('[')) {
        const close = line.lastIndexOf(']')
        if (close < 0) throw this.#fault(`unclosed section: ${line}`)
        section = this.#section(line.slice(1, close))
        this.#count = 1
      } else this.#pair(section, line)
    }
    return this.#sections
  }

  #pair(section: IniSection, line: string): void {
    const { name, valueStart } = this.#keyName(line)
    const value = this.#value(line.slice(valueStart))
    if (name === '') throw this.#fault('error creating new key: empty key name')
    section.values.set(name === '-' ? `#${this.#count++}` : name, value)
  }

  #section(name: string): IniSection {
    if (name === '') throw this.#fault('empty section name')
    const section = this.#sections.get(name) ?? { name, values: new Map<string, string>() }
    this.#sections.set(name, section)
    return section
  }

  /** Reads the next line with its line break; '' at the end. */
  #nextLine(): string {
    this.#lineStart = this.#at
    const end = this.#text.indexOf('\n', this.#at)
    this.#at = end < 0 ? this.#text.length : end + 1
    return this.#text.slice(this.#lineStart, this.#at)
  }

  #keyName(line: string): { name: string; valueStart: number } {
    const quoteMark = keyQuote(line)
    if (quoteMark === '') {
      const end = line.search(/[=:]/)
      if (end < 0) throw this.#fault(`key-value delimiter not found: ${line}`)
      if (end === 0) throw this.#fault(`empty key name: ${line}`)
      return { name: trimSpace(line.slice(0, end)), valueStart: end + 1 }
    }
    const { length } = quoteMark
    const close = line.indexOf(quoteMark, length)
    if (close < 0) throw this.#fault(`missing closing key quote: ${line}`)
    const sign = line.slice(close + length).search(/[=:]/)
    if (sign < 0) throw this.#fault(`key-value delimiter not found: ${line}`)
    return { name: trimSpace(line.slice(length, close)), valueStart: close + sign + length + 1 }
  }

  #value(text: string): string {
    const line = trimStart(text)
    if (line === '') return ''
    const mark = line.length > 3 && line.startsWith('"""') ? '"""' : line.startsWith('`') ? '`' : ''
    if (mark !== '') {
      const inner = line.slice(mark.length)
      const close = inner.lastIndexOf(mark)
      return close < 0 ? this.#lines(line, inner, mark) : inner.slice(0, close)
    }
    const trimmed = trimSpace(line)
    if (trimmed.endsWith('\\')) return this.#continued(trimmed.slice(0, -1))
    const comment = trimmed.search(/[#;]/)
    const bare = comment < 0 ? trimmed : trimSpace(trimmed.slice(0, comment))
    return this.#preserveQuotes ? bare : withoutQuotes(bare)
  }

  /** Reads a quoted value that spans several lines. */
  #lines(first: string, start: string, mark: string): string {
    let value = start
    for (;;) {
      const line = this.#nextLine()
      const close = line.lastIndexOf(mark)
      if (close >= 0) return value + line.slice(0, close)
      value += line
      if (!line.endsWith('\n')) {
        throw this.#fault(`missing closing key quote from ${quote(first)} to ${quote(line)}`)
      }
    }
  }

  /** Reads the following lines of a value that ends with a backslash. */
  #continued(start: string): string {
    let value = start
    for (;;) {
      const line = trimSpace(this.#nextLine())
      value += line
      if (line === '' || !value.endsWith('\\')) return value
      value = value.slice(0, -1)
    }
  }

  #fault(sentence: string): Error {
    return malformed(
      `failed to parse INI content: ${sentence.trimEnd()}`,
      placeAt(this.#text, Math.min(this.#lineStart, Math.max(0, this.#text.length - 1))),
    )
  }
}

function keyQuote(line: string): string {
  if (line.startsWith('`')) return '`'
  if (!line.startsWith('"')) return ''
  return line.length > 6 && line.startsWith('"""') ? '"""' : '"'
}

/** Drops the quotes around a value, unless it contains more quotes of the same kind. */
function withoutQuotes(text: string): string {
  const [mark = ''] = text
  const isQuoted = (mark === '"' || mark === "'") && text.length > 1
  return isQuoted && text.indexOf(mark, 1) === text.length - 1 ? text.slice(1, -1) : text
}

function trimStart(text: string): string {
  let start = 0
  while (start < text.length && isSpace(text.charAt(start))) start++
  return text.slice(start)
}
