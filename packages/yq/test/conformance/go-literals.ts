/** A value in a Go source, as far as yq's tests need it; `undefined` when this reader does not support its syntax. */
export type GoValue = string | boolean | GoValue[] | { [field: string]: GoValue } | undefined

/** A package-level `var` or `const` whose value is a literal. */
export interface GoVariable {
  readonly name: string
  readonly type: string
  readonly value: GoValue
}

const TOKEN =
  /\/\/[^\n]*|\s+|`[^`]*`|"(?:[^"\\\n]|\\.)*"|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|[0-9.]+|\[\]|[^\s]/gy

/**
 * The variables and constants of Go sources whose values are literals. Evaluates `+` between strings, and names of other
 * strings. Reads composite literals with field names, lists, maps and strings, but nothing else of the language.
 */
export function goVariables(sources: readonly string[]): GoVariable[] {
  const strings = new Map<string, string>()
  const found: GoVariable[] = []
  // Two rounds, because a name may be used before the file that defines it is read.
  for (let round = 0; round < 2; round++) {
    found.length = 0
    for (const source of sources) {
      for (const match of source.matchAll(/^(?:var|const) (\w+) = /gm)) {
        const reader = new LiteralReader(source, match.index + match[0].length, strings)
        const { type, value } = reader.read()
        if (typeof value === 'string') strings.set(match[1] ?? '', value)
        found.push({ name: match[1] ?? '', type, value })
      }
    }
  }
  return found
}

class LiteralReader {
  private readonly source: string
  private readonly strings: ReadonlyMap<string, string>
  private offset: number
  private token = ''

  constructor(source: string, offset: number, strings: ReadonlyMap<string, string>) {
    this.source = source
    this.offset = offset
    this.strings = strings
    this.advance()
  }

  read(): { type: string; value: GoValue } {
    const type = this.readType()
    return { type, value: this.readSum() }
  }

  private advance(): void {
    do {
      TOKEN.lastIndex = this.offset
      const match = TOKEN.exec(this.source)
      this.token = match?.[0] ?? ''
      this.offset = TOKEN.lastIndex
    } while (/^(?:\/\/|\s)/.test(this.token))
  }

  /** Reads `[]T`, `map[K]V` or `T` before a brace. */
  private readType(): string {
    let type = ''
    const start = { offset: this.offset, token: this.token }
    while (
      this.token !== '' &&
      this.token !== '{' &&
      /^(?:\[\]|\[|\]|\*|&|[A-Za-z_][\w.]*)$/.test(this.token)
    ) {
      type += this.token
      this.advance()
    }
    if (this.token === '{') return type
    this.offset = start.offset
    this.token = start.token
    return ''
  }

  private readSum(): GoValue {
    let value = this.readValue()
    while (this.token === '+') {
      this.advance()
      const next = this.readValue()
      value = typeof value === 'string' && typeof next === 'string' ? value + next : undefined
    }
    return value
  }

  private readValue(): GoValue {
    const { token } = this
    if (token === '{') return this.readBraces()
    this.advance()
    if (token.startsWith('`')) return token.slice(1, -1).replaceAll('\r', '')
    if (token.startsWith('"')) return unquote(token)
    if (token === 'true' || token === 'false') return token === 'true'
    if (this.token === '(') {
      this.skipBrackets()
      return undefined
    }
    // A number is returned as its text.
    return /^\d+$/.test(token) ? token : this.strings.get(token)
  }

  private readBraces(): GoValue {
    const items: GoValue[] = []
    const fields: { [field: string]: GoValue } = {}
    this.advance()
    while (this.token !== '}' && this.token !== '') {
      const name = this.token
      this.readType()
      const value = this.readSum()
      if (this.token === ':') {
        this.advance()
        this.readType()
        fields[name.startsWith('"') ? unquote(name) : name] = this.readSum()
      } else {
        items.push(value)
      }
      if (this.token === ',') this.advance()
    }
    this.advance()
    return Object.keys(fields).length > 0 ? fields : items
  }

  private skipBrackets(): void {
    let depth = 0
    do {
      if (this.token === '(') depth++
      if (this.token === ')') depth--
      this.advance()
    } while (depth > 0 && this.token !== '')
  }
}

function unquote(token: string): string {
  // Go's escapes that JSON lacks.
  const json = token
    .replaceAll(/\\x([0-9a-f]{2})/gi, '\\u00$1')
    .replaceAll('\\a', '\\u0007')
    .replaceAll('\\v', '\\u000b')
    .replaceAll(/\\U([0-9a-f]{8})/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
  return String(JSON.parse(json.replaceAll('\t', '\\t')))
}
