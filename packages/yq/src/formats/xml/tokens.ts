import type { YqFault } from '../../errors.ts'
import { hasStrayBytes } from '../../go/byte-text.ts'
import { malformed, placeAt } from '../format-fault.ts'

export interface XmlName {
  /** The prefix; in the tokens of `xmlElements`, its namespace. */
  space: string
  local: string
}

export interface XmlAttribute {
  readonly name: XmlName
  readonly value: string
}

export type XmlToken =
  | { readonly kind: 'start'; readonly name: XmlName; readonly attributes: readonly XmlAttribute[] }
  /** `offset` is where the tag ends in the text. */
  | { readonly kind: 'end'; readonly name: XmlName; readonly offset: number }
  | { readonly kind: 'text' | 'comment' | 'directive'; readonly text: string }
  | { readonly kind: 'instruction'; readonly target: string; readonly text: string }

/**
 * The raw tokens of an XML text, like in Go's encoding/xml: end tags are not matched with start tags. Unless `strict`,
 * attributes need neither value nor quotes, and unknown entities are kept.
 */
export function* xmlTokens(text: string, strict: boolean): Generator<XmlToken> {
  const reader = new XmlReader(text, strict)
  while (!reader.atEnd) yield* reader.next()
}

const NAME_START = String.raw`[:A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd]`
const XML_NAME = new RegExp(
  `^${NAME_START}(?:${NAME_START}|[-.0-9\\u00b7\\u0300-\\u036f\\u203f-\\u2040])*$`,
  'u',
)
/** Accepts every non-ASCII byte in a name; invalid ones are rejected afterwards. */
const NAME_BYTES = /[-A-Za-z0-9_:.\u0080-\uffff]*/y
const BLANK = /[ \r\n\t]*/y
const UNQUOTED = /[-A-Za-z0-9_:]*/y
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' }
/** Everything outside the character range of XML 1.0. */
export const ILLEGAL_XML: RegExp = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

/** Whether Go takes `name` for the target of a processing instruction. */
export function isXmlName(name: string): boolean {
  return XML_NAME.test(name)
}

class XmlReader {
  readonly #text: string
  readonly #strict: boolean
  #at = 0

  constructor(text: string, strict: boolean) {
    this.#text = text
    this.#strict = strict
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length
  }

  *next(): Generator<XmlToken> {
    if (!this.#take('<')) {
      const end = this.#text.indexOf('<', this.#at)
      yield { kind: 'text', text: this.#characters(end < 0 ? this.#text.length : end, false) }
    } else if (this.#take('/')) yield this.#endTag()
    else if (this.#take('?')) yield this.#instruction()
    else if (this.#take('!')) yield this.#declaration()
    else yield* this.#startTag()
  }

  *#startTag(): Generator<XmlToken> {
    const name = this.#name('expected element name after <')
    const attributes: XmlAttribute[] = []
    for (;;) {
      this.#match(BLANK)
      if (this.#take('>')) {
        yield { kind: 'start', name, attributes }
        return
      }
      if (this.#take('/')) {
        this.#need()
        if (!this.#take('>')) throw this.#fault('expected /> in element')
        yield { kind: 'start', name, attributes }
        yield { kind: 'end', name, offset: this.#at }
        return
      }
      attributes.push(this.#attribute())
    }
  }

  #attribute(): XmlAttribute {
    const name = this.#name('expected attribute name in element')
    this.#match(BLANK)
    this.#need()
    if (!this.#take('=')) {
      if (this.#strict) throw this.#fault('attribute name without = in element')
      return { name, value: name.local }
    }
    this.#match(BLANK)
    this.#need()
    for (const quote of ['"', "'"]) {
      if (this.#take(quote)) return { name, value: this.#quoted(quote) }
    }
    if (this.#strict) throw this.#fault('unquoted or missing attribute value in element')
    return { name, value: this.#match(UNQUOTED) }
  }

  #quoted(quote: string): string {
    const end = this.#text.indexOf(quote, this.#at)
    const bracket = this.#text.indexOf('<', this.#at)
    if (bracket >= 0 && (end < 0 || bracket < end)) throw this.#fault('unescaped < inside quoted string')
    const value = this.#characters(end < 0 ? this.#text.length : end, true)
    this.#at++
    return value
  }

  #endTag(): XmlToken {
    const name = this.#name('expected element name after </')
    this.#match(BLANK)
    this.#need()
    if (!this.#take('>')) throw this.#fault(`invalid characters between </${name.local} and >`)
    return { kind: 'end', name, offset: this.#at }
  }

  #instruction(): XmlToken {
    const target = this.#plainName('expected target name after <?')
    this.#match(BLANK)
    const text = this.#until('?>')
    if (target === 'xml') this.#checkDeclaration(text)
    return { kind: 'instruction', target, text }
  }

  #checkDeclaration(text: string): void {
    const version = declared('version', text)
    if (version !== '' && version !== '1.0') {
      throw malformed(`xml: unsupported version ${JSON.stringify(version)}; only version 1.0 is supported`)
    }
  }

  /** After `<!`: a comment, a CDATA section or a directive. */
  #declaration(): XmlToken {
    this.#need()
    if (this.#take('-')) {
      this.#need()
      if (!this.#take('-')) throw this.#fault('invalid sequence <!- not part of <!--')
      const text = this.#until('--')
      this.#need()
      if (!this.#take('>')) throw this.#fault('invalid sequence "--" not allowed in comments')
      return { kind: 'comment', text }
    }
    if (this.#take('[')) {
      if (!this.#text.startsWith('CDATA[', this.#at)) throw this.#fault('invalid <![ sequence')
      this.#at += 'CDATA['.length
      const end = this.#text.indexOf(']]>', this.#at)
      if (end < 0) throw this.#fault('unexpected EOF in CDATA section', this.#text.length)
      const text = this.#text.slice(this.#at, end)
      this.#at = end + ']]>'.length
      return { kind: 'text', text: this.#checked(text.replace(/\r\n?/g, '\n')) }
    }
    return { kind: 'directive', text: this.#directive() }
  }

  /** Reads up to the `>` outside of quotes and nested `<…>`. A nested comment becomes a space. */
  #directive(): string {
    let text = this.#text[this.#at++] ?? ''
    let quote = ''
    for (let depth = 0; ;) {
      this.#need()
      const character = this.#text[this.#at++] ?? ''
      if (quote === '' && character === '>' && depth === 0) return text
      if (quote === '' && character === '<' && this.#text.startsWith('!--', this.#at)) {
        this.#at += '!--'.length
        this.#until('-->')
        text += ' '
        continue
      }
      text += character
      if (quote !== '') {
        if (character === quote) quote = ''
      } else if (character === '"' || character === "'") quote = character
      else if (character === '<') depth++
      else if (character === '>') depth--
    }
  }

  /** The text up to `end`, entities and line breaks resolved. */
  #characters(end: number, inAttribute: boolean): string {
    const raw = this.#text.slice(this.#at, end)
    if (inAttribute && end >= this.#text.length) throw this.#fault('unexpected EOF', end)
    if (!inAttribute) {
      const close = raw.indexOf(']]>')
      if (close >= 0) throw this.#fault('unescaped ]]> not in CDATA section', this.#at + close)
    }
    const text = raw
      .replace(/\r\n?/g, '\n')
      .replace(/&(?:#(x[0-9a-fA-F]+|\d+);|([^\s;&#]+);|#?[^\s;&]*)/g, (whole, code, name) => {
        const resolved = code === undefined ? ENTITIES[String(name)] : codePoint(String(code))
        if (resolved !== undefined) return resolved
        if (!this.#strict) return whole
        throw this.#fault(
          `invalid character entity ${whole.endsWith(';') ? whole : `${whole} (no semicolon)`}`,
        )
      })
    this.#at = end
    return this.#checked(text)
  }

  #checked(text: string): string {
    const [illegal] = ILLEGAL_XML.exec(text) ?? []
    if (illegal === undefined) return text
    if (hasStrayBytes(illegal)) throw this.#fault('invalid UTF-8')
    const code = (illegal.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    throw this.#fault(`illegal character code U+${code}`)
  }

  /** A name with an optional prefix. */
  #name(expected: string): XmlName {
    const name = this.#plainName(expected)
    const parts = name.split(':')
    if (parts.length > 2) throw this.#fault(expected)
    const [space = '', local = ''] = parts
    return space === '' || local === '' ? { space: '', local: name } : { space, local }
  }

  #plainName(expected: string): string {
    this.#need()
    const name = this.#match(NAME_BYTES)
    if (name === '') throw this.#fault(expected)
    this.#need()
    if (!isXmlName(name)) throw this.#fault(`invalid XML name: ${name}`)
    return name
  }

  #until(end: string): string {
    const found = this.#text.indexOf(end, this.#at)
    if (found < 0) throw this.#fault('unexpected EOF', this.#text.length)
    const text = this.#text.slice(this.#at, found)
    this.#at = found + end.length
    return text
  }

  /** There must be more text. */
  #need(): void {
    if (this.atEnd) throw this.#fault('unexpected EOF')
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += found.length
    return found
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #fault(sentence: string, at: number = this.#at): Error {
    return xmlFault(sentence, this.#text, at)
  }
}

/** Go's syntax error at an offset of the text. */
export function xmlFault(sentence: string, text: string, offset: number): YqFault {
  const line = text.slice(0, offset).split('\n').length
  return malformed(`XML syntax error on line ${line}: ${sentence}`, placeAt(text, offset))
}

function codePoint(digits: string): string | undefined {
  const code = digits.startsWith('x') ? Number.parseInt(digits.slice(1), 16) : Number(digits)
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}

/** The value of a pseudo attribute of `<?xml …?>`. */
function declared(name: string, text: string): string {
  return (
    new RegExp(`${name}=(?:"([^"]*)"|'([^']*)')`)
      .exec(text)
      ?.slice(1)
      .find((value) => value !== undefined) ?? ''
  )
}
