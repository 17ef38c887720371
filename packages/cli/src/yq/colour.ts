/** The ANSI colours of yq for each kind of token. */
const COLOURS = { key: 36, string: 32, number: 95, reference: 93, comment: 90 } as const

type Kind = keyof typeof COLOURS

/** Adds colours to YAML or JSON as this package prints it. Without the escape sequences the text is unchanged. */
export function colourText(text: string): string {
  return new Painter(text).paint()
}

const LINE_BREAK = /\r?\n/y
const BLANK = /[ \t]+/y
const COMMENT = /#[^\n]*/y
const SEPARATOR = /(?:---|\.\.\.)(?=\s|$)/y
const BLOCK_HEADER = /[|>][-+\d]*(?=[ \t]*(?:#[^\n]*)?(?:\n|$))/y
const QUOTED = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*'/y
const REFERENCE = /[&*][^\s,[\]{}]+/y
const TAG = /![^\s,[\]{}]*/y
const PUNCTUATION = /[[\]{},]|[-?:](?=\s|$)/y
const PLAIN_BLOCK = /(?:[^\s:#]|:(?=\S)|(?<=\S)#|[ \t]+(?![#\s]))+/y
const PLAIN_FLOW = /(?:[^\s:#,[\]{}]|:(?=[^\s,[\]{}])|(?<=\S)#|[ \t]+(?![#\s,[\]{}]))+/y
const KEY_END = /[ \t]*:(?=[\s,[\]{}]|$)/y

class Painter {
  readonly #text: string
  #at = 0
  #flowDepth = 0
  #painted = ''
  #lineStart = 0

  constructor(text: string) {
    this.#text = text
  }

  paint(): string {
    while (this.#at < this.#text.length) this.#next()
    return this.#painted
  }

  #next(): void {
    if (this.#plain(LINE_BREAK)) this.#lineStart = this.#at
    else if (this.#plain(BLANK)) return
    else if (this.#at === this.#lineStart && this.#plain(SEPARATOR)) return
    else if (this.#coloured('comment', COMMENT)) return
    else if (this.#plain(BLOCK_HEADER)) this.#blockScalar()
    else if (this.#scalar(QUOTED)) return
    else if (this.#coloured('reference', REFERENCE) || this.#plain(TAG)) return
    else if (this.#matches(PUNCTUATION) !== undefined) this.#punctuation()
    else if (!this.#scalar(this.#flowDepth > 0 ? PLAIN_FLOW : PLAIN_BLOCK)) {
      this.#painted += this.#text[this.#at] ?? ''
      this.#at++
    }
  }

  #punctuation(): void {
    const mark = this.#text[this.#at] ?? ''
    if (mark === '[' || mark === '{') this.#flowDepth++
    else if (mark === ']' || mark === '}') this.#flowDepth--
    this.#painted += mark
    this.#at++
  }

  /** A scalar before a colon is a key; a plain one may be a number or a boolean. */
  #scalar(pattern: RegExp): boolean {
    const text = this.#matches(pattern)
    if (text === undefined) return false
    this.#at += text.length
    const isKey = this.#matches(KEY_END) !== undefined
    const isNumber = /^(?:true|false|[-+]?\.?\d[\d_.eExXoa-fA-F+-]*)$/i.test(text)
    this.#emit(isKey ? 'key' : isNumber ? 'number' : 'string', text)
    return true
  }

  /** The lines of a block scalar: those indented more than its parent. */
  #blockScalar(): void {
    const line = this.#text.slice(this.#lineStart, this.#at)
    const [marks = ''] = /^ *(?:- +)*/.exec(line) ?? []
    const isItem = /^[|>]/.test(line.slice(marks.length))
    const parent = isItem ? marks.lastIndexOf('-') : marks.length
    this.#coloured('comment', /[ \t]*#[^\n]*/y)
    for (;;) {
      const [whole = '', lineBreak = '', indent = '', content = ''] = this.#lineAhead()
      if (lineBreak === '' || (content !== '' && indent.length <= parent)) return
      this.#painted += lineBreak + indent
      if (content !== '') this.#emit('string', content)
      this.#lineStart = this.#at + lineBreak.length
      this.#at += whole.length
    }
  }

  #lineAhead(): readonly string[] {
    const pattern = /(\r?\n)( *)([^\n]*)/y
    pattern.lastIndex = this.#at
    return pattern.exec(this.#text) ?? []
  }

  #matches(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    return pattern.exec(this.#text)?.[0]
  }

  #plain(pattern: RegExp): boolean {
    const text = this.#matches(pattern)
    if (text === undefined) return false
    this.#painted += text
    this.#at += text.length
    return true
  }

  #coloured(kind: Kind, pattern: RegExp): boolean {
    const text = this.#matches(pattern)
    if (text === undefined) return false
    this.#emit(kind, text)
    this.#at += text.length
    return true
  }

  /** A colour ends at the end of each line, so that pagers show it correctly. */
  #emit(kind: Kind, text: string): void {
    const lines = text
      .split('\n')
      .map((line) => (line === '' ? '' : `\u001b[${COLOURS[kind]}m${line}\u001b[0m`))
    this.#painted += lines.join('\n')
  }
}
