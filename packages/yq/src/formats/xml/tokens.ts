import type { YqFault } from '../../errors.ts'
import { hasInvalidUtf8 } from '../../go/byte-text.ts'
import { malformed, placeAt } from '../format-fault.ts'
import { codePoint, ILLEGAL_XML, isXmlName, namedEntity } from './characters.ts'
import type { XmlAttribute, XmlName, XmlToken } from './token.ts'

/**
 * The raw tokens of an XML text, like in Go's encoding/xml: end tags are not matched with start tags. Unless `strict`,
 * attributes need neither value nor quotes, and unknown entities are kept.
 */
export function* xmlTokens(text: string, strict: boolean): Generator<XmlToken> {
  const reader = new XmlReader(text, strict)
  while (!reader.atEnd) yield* reader.next()
}

/** Accepts every non-ASCII byte in a name; invalid ones are rejected afterwards. */
const NAME_BYTES = /[-A-Za-z0-9_:.\u0080-\uffff]*/y
const BLANK = /[ \r\n\t]*/y
const UNQUOTED = /[-A-Za-z0-9_:]*/y
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
        const resolved = code === undefined ? namedEntity(String(name)) : codePoint(String(code))
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
    if (hasInvalidUtf8(illegal)) throw this.#fault('invalid UTF-8')
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

/** The value of a pseudo attribute of `<?xml …?>`. */
function declared(name: string, text: string): string {
  const [, inDouble, inSingle] = new RegExp(`${name}=(?:"([^"]*)"|'([^']*)')`).exec(text) ?? []
  return inDouble ?? inSingle ?? ''
}
