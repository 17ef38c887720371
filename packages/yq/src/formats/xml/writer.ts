import { cannotEncode } from '../format-fault.ts'
import { ILLEGAL_XML, isXmlName } from './characters.ts'

/** Writes XML tokens with the line breaks, indentation and escapes of Go's encoding/xml. */
export class XmlWriter {
  readonly #indent: string
  readonly #pieces: string[] = []
  #depth = 0
  #wroteTag = false
  /** Whether the last tag was a start tag, so that an end tag may follow on the same line. */
  #justOpened = false

  constructor(indent: number) {
    this.#indent = ' '.repeat(indent)
  }

  start(name: string, attributes: readonly (readonly [name: string, value: string])[]): void {
    if (name === '') throw cannotEncode('xml: start tag with no name')
    this.#newLine()
    this.#depth++
    this.#justOpened = true
    const shown = attributes
      .filter(([attribute]) => attribute !== '')
      .map(([attribute, value]) => ` ${attribute}="${escapeXml(value).replaceAll('\n', '&#xA;')}"`)
    this.#pieces.push(`<${name}${shown.join('')}>`)
  }

  end(name: string): void {
    this.#depth--
    if (!this.#justOpened) this.#newLine()
    this.#justOpened = false
    this.#pieces.push(`</${name}>`)
  }

  text(text: string): void {
    this.#pieces.push(escapeXml(text))
  }

  comment(text: string): void {
    if (text.includes('-->')) throw cannotEncode('xml: EncodeToken of Comment containing --> marker')
    this.#pieces.push(`<!--${text}-->`)
  }

  instruction(target: string, text: string): void {
    if (target === 'xml' && this.#pieces.length > 0) {
      throw cannotEncode(
        'xml: EncodeToken of ProcInst xml target only valid for xml declaration, first token encoded',
      )
    }
    if (!isXmlName(target)) throw cannotEncode('xml: EncodeToken of ProcInst with invalid Target')
    if (text.includes('?>')) throw cannotEncode('xml: EncodeToken of ProcInst containing ?> marker')
    this.#pieces.push(text === '' ? `<?${target}?>` : `<?${target} ${text}?>`)
  }

  directive(text: string): void {
    if (!isBalanced(text)) {
      throw cannotEncode('xml: EncodeToken of Directive containing wrong < or > markers')
    }
    this.#pieces.push(`<!${text}>`)
  }

  lineBreak(): void {
    this.#pieces.push('\n')
  }

  toString(): string {
    return this.#pieces.join('')
  }

  #newLine(): void {
    if (this.#indent === '') return
    if (this.#wroteTag) this.#pieces.push('\n')
    this.#wroteTag = true
    this.#pieces.push(this.#indent.repeat(this.#depth))
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\t': '&#x9;',
  '\r': '&#xD;',
}

const ILLEGAL_CHARACTERS = new RegExp(ILLEGAL_XML, 'gu')

/** Characters that are invalid in XML become U+FFFD. */
function escapeXml(text: string): string {
  return text
    .replace(/["'&<>\t\r]/g, (character) => ESCAPES[character] ?? character)
    .replace(ILLEGAL_CHARACTERS, '\ufffd')
}

/** Whether `<` and `>` outside quotes and comments match. */
function isBalanced(directive: string): boolean {
  const markup = directive.replace(/<!--[\s\S]*?-->|"[^"]*"|'[^']*'/g, '')
  if (/["']|<!--/.test(markup)) return false
  let depth = 0
  for (const [bracket] of markup.matchAll(/[<>]/g)) {
    depth += bracket === '<' ? 1 : -1
    if (depth < 0) return false
  }
  return depth === 0
}
