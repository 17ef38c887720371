/**
 * The syntax of `envsubst`: `$name`, `${name}`, `${name:-fallback}` and similar, and `$$` for a dollar. Its oddities (a
 * fallback may be a variable, but not a nested `${…}`) are those of yq's library.
 */
export interface Variable {
  readonly kind: 'variable'
  readonly name: string
}

export interface Text {
  readonly kind: 'text'
  readonly text: string
}

export interface Substitution {
  readonly kind: 'substitution'
  readonly variable: Variable
  /** `-`, `=`, `+`, each also with a colon; any other text if the template is invalid. */
  readonly operator: string | undefined
  readonly fallback: Variable | Text | undefined
}

export type TemplatePart = Variable | Text | Substitution

export interface Template {
  readonly parts: readonly TemplatePart[]
  /** The problem of the template; the parts end there. */
  readonly problem: string | undefined
}

type TokenKind = 'text' | 'variable' | 'operator' | 'open' | 'close' | 'problem' | 'end'

interface Token {
  readonly kind: TokenKind
  readonly text: string
}

const UNCLOSED = 'closing brace expected'

export function parseTemplate(template: string): Template {
  const tokens = new TemplateScanner(template).scan().toReversed()
  const parts: TemplatePart[] = []
  for (let token = tokens.pop(); token !== undefined; token = tokens.pop()) {
    if (token.kind === 'end') break
    if (token.kind === 'problem') return { parts, problem: token.text }
    if (token.kind === 'variable') parts.push(variableOf(token))
    else if (token.kind === 'open' && tokens.at(-1)?.kind === 'variable') {
      const substitution = parseSubstitution(tokens)
      if (substitution === undefined) return { parts, problem: UNCLOSED }
      parts.push(substitution)
    } else parts.push({ kind: 'text', text: token.text })
  }
  return { parts, problem: undefined }
}

/** Parses from after `${` to `}`; undefined when `}` is missing. The tokens are a stack, with the next one on top. */
function parseSubstitution(tokens: Token[]): Substitution | undefined {
  const variable: Variable = { kind: 'variable', name: tokens.pop()?.text ?? '' }
  let operator: string | undefined
  let fallback: Variable | Text | undefined
  for (let token = tokens.pop(); token !== undefined; token = tokens.pop()) {
    switch (token.kind) {
      case 'close':
        return { kind: 'substitution', variable, operator, fallback }
      case 'problem':
      case 'end':
        return undefined
      case 'variable':
        fallback = variableOf(token)
        break
      case 'text': {
        let { text } = token
        // Everything up to the brace is text.
        while (!['close', 'problem', 'end', undefined].includes(tokens.at(-1)?.kind)) {
          text += tokens.pop()?.text ?? ''
        }
        fallback = { kind: 'text', text }
        break
      }
      default:
        operator = token.text
    }
  }
  return undefined
}

function variableOf({ text }: Token): Variable {
  return { kind: 'variable', name: text.replace(/^\$/, '') }
}

/** The expression is created on demand, because V8 takes long to compile it and few runs need it. */
function isNamePart(character: string): boolean {
  return /^[\p{L}\p{Nd}_]$/u.test(character)
}

/** Splits a template into tokens. Whether a letter starts a name depends on the previous token, like in the library. */
class TemplateScanner {
  readonly #characters: readonly string[]
  readonly #tokens: Token[] = []
  #at = 0
  /** The start of the current token. */
  #start = 0
  /** The start of the last token. */
  #last = 0
  #depth = 0

  constructor(template: string) {
    this.#characters = Array.from(template)
  }

  scan(): Token[] {
    let inBraces = false
    while (this.#tokens.at(-1)?.kind !== 'end' && this.#tokens.at(-1)?.kind !== 'problem') {
      inBraces = inBraces ? this.#inBraces() : this.#text()
    }
    return this.#tokens
  }

  /** Text up to the next `${`, variable or end; true if a `${` follows. */
  #text(): boolean {
    for (; this.#at < this.#characters.length; this.#at++) {
      if (this.#characters[this.#at] !== '$') continue
      if (this.#at > this.#start) this.#emit('text')
      const next = this.#characters[this.#at + 1] ?? ''
      if (next === '$') {
        this.#start = this.#at + 1
        this.#at += 2
        this.#emit('text')
        this.#at--
      } else if (next === '{') {
        this.#at += 2
        this.#depth++
        this.#emit('open')
        return true
      } else if (isNamePart(next)) {
        this.#at++
        return this.#variable()
      }
    }
    if (this.#at > this.#start) this.#emit('text')
    this.#emit('end')
    return false
  }

  /** The rest of a name; `_` alone is not a name. */
  #variable(): boolean {
    while (isNamePart(this.#characters[this.#at] ?? '')) this.#at++
    const name = this.#characters.slice(this.#start, this.#at).join('')
    if (name === '_' || name === '$_') return false
    this.#emit('variable')
    return this.#depth > 0
  }

  /** Inside `${…}`: an operator may come first. */
  #inBraces(): boolean {
    const [first, second] = this.#characters.slice(this.#at, this.#at + 2)
    if (first !== undefined && this.#isName(first)) return this.#variable()
    if (first === '+' || first === '-' || first === '=') {
      this.#at++
      this.#emit('operator')
    } else if (first === ':') {
      this.#at += 2
      if (second === '-' || second === '=' || second === '+') this.#emit('operator')
    } else if (first !== undefined && !/[}\r\n]/.test(first)) this.#at++
    return this.#fallback()
  }

  #fallback(): boolean {
    for (;;) {
      const character = this.#characters[this.#at]
      if (character === undefined || character === '\r' || character === '\n') {
        this.#tokens.push({ kind: 'problem', text: UNCLOSED })
        return false
      }
      this.#at++
      if (character === '}') {
        this.#depth--
        this.#emit('close')
        return false
      }
      if (character === '$' || this.#isName(character)) return this.#variable()
      this.#emit('text')
    }
  }

  /** A letter starts a name when the last token is a `${`. */
  #isName(character: string): boolean {
    const isOpening = this.#characters[this.#last] === '$' && this.#characters[this.#last + 1] === '{'
    return isOpening && isNamePart(character)
  }

  #emit(kind: TokenKind): void {
    this.#tokens.push({ kind, text: this.#characters.slice(this.#start, this.#at).join('') })
    this.#last = this.#start
    this.#start = this.#at
  }
}
