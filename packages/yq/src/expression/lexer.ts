import { parseFloat64 } from '../go/floats.ts'
import { numberRefusal, parseInteger } from '../go/integers.ts'
import type { Expression, OperatorName, OptionsOf, SourceRange } from './ast.ts'
import { readEscapes } from './escapes.ts'
import { type ExpressionSource, syntaxFault } from './syntax-fault.ts'
import type { Bracket, Reading, Token } from './token.ts'
import { unknownText } from './unknown-text.ts'
import { MAX_WORD_LENGTH, MACRO_WORDS, type Word, WORDS } from './words.ts'

interface Rule {
  readonly pattern: RegExp
  readonly read: (text: string) => Meaning
}

/** The meaning of matched text. White space and comments are skipped; `refusal` is Go's error for a number. */
type Meaning = Bracket | Reading | 'skip' | { readonly refusal: string }

/**
 * The rules for everything except words, in yq's order: the first match wins, not the longest. So `+` and `-` can be
 * part of a name, `3-1` is two numbers, and `=c` matches the start of `=contains`.
 */
const RULES: readonly Rule[] = [
  { pattern: /[()[{}]|\.\[|\]\??/y, read: bracketOf },
  { pattern: /\.\.\.?/y, read: (text) => operator('descend', { keys: text === '...' }) },
  { pattern: /\$[a-zA-Z_\-0-9]+/y, read: (text) => operator('variable', { name: text.slice(1) }) },
  { pattern: /:[\t\n\f\r ]*/y, read: () => operator('entry', {}) },
  {
    pattern: /comments[\t\n\f\r ]*\|?=/y,
    read: (text) =>
      operator('assignComment', { relative: text.includes('|'), head: true, line: true, foot: true }),
  },
  { pattern: /;/y, read: () => operator('block', {}) },
  { pattern: /\/\//y, read: () => operator('alternative', {}) },
  { pattern: /0[xX][0-9A-Fa-f]+/y, read: (text) => integer(text, text.slice(2), 16) },
  { pattern: /-?[1-9](?:\.[0-9]+)?[Ee][-+]?[0-9]+/y, read: float },
  { pattern: /-?[0-9]+\.[0-9]+/y, read: float },
  { pattern: /-?[0-9]+/y, read: (text) => integer(text, text, 10) },
  { pattern: /true|false/iy, read: (text) => operator('literal', { tag: '!!bool', text }) },
  { pattern: /null|~/iy, read: (text) => operator('literal', { tag: '!!null', text }) },
  {
    pattern: /"[^"\\]*(?:\\[^\n][^"\\]*)*"/y,
    read: (text) => operator('text', { text: readEscapes(text.slice(1, -1)) }),
  },
  {
    pattern: /strenv\([^)]+\)/y,
    read: (text) => operator('environment', { name: text.slice(7, -1), asText: true }),
  },
  {
    pattern: /env\([^)]+\)/y,
    read: (text) => operator('environment', { name: text.slice(4, -1), asText: false }),
  },
  {
    pattern: /[\t\n\f\r ]*(?:==|!=|>=|<=|>|<)[\t\n\f\r ]*/y,
    read: (text) => comparison(text.replaceAll(/[\t\n\f\r ]/g, '')),
  },
  {
    pattern: /\|?=c*/y,
    read: (text) => operator('assign', { relative: text.startsWith('|'), clobberTags: text.endsWith('c') }),
  },
  { pattern: /[ \t\n]+/y, read: () => 'skip' },
  { pattern: /\."[^ "]+"\??/y, read: (text) => name(text, true) },
  { pattern: /\.[^ ;}{:[\],|.()=\n!]+/y, read: (text) => name(text, false) },
  { pattern: /\|/y, read: () => operator('pipe', {}) },
  { pattern: /\./y, read: () => operator('self', {}) },
  { pattern: /,/y, read: () => operator('union', {}) },
  { pattern: /\*=[+|?cdn]*/y, read: (text) => operator('multiplyAssign', mergeOptions(text)) },
  { pattern: /\*[+|?cdn]*/y, read: (text) => operator('multiply', mergeOptions(text)) },
  { pattern: /\//y, read: () => operator('divide', {}) },
  { pattern: /%/y, read: () => operator('modulo', {}) },
  { pattern: /\+=/y, read: () => operator('addAssign', {}) },
  { pattern: /\+/y, read: () => operator('add', {}) },
  { pattern: /-=/y, read: () => operator('subtractAssign', {}) },
  { pattern: /-/y, read: () => operator('subtract', {}) },
  { pattern: /#[^\n]*/y, read: () => 'skip' },
]

/** Arguments that are part of a word's token; yq accepts them only without spaces. */
const SUFFIXES = {
  indent: /\([0-9]+\)/y,
  depth: /\([0-9]+\)/y,
  level: /\(-?[0-9]+\)/y,
  flags: /\((?:ne|nu|ff| |,)+\)/y,
} as const

/**
 * Splits an expression into tokens, with the rules of yq's lexer. `expand` parses the definition of a word such as
 * `root`. Throws a fault `expression-invalid` at text that is not a token.
 */
export function tokenize(
  source: ExpressionSource,
  expand: (text: string) => Expression | undefined,
): Token[] {
  const { text } = source
  const tokens: Token[] = []
  let offset = 0
  while (offset < text.length) {
    const { length, meaning } = readWord(text, offset, expand) ?? readRule(source, offset)
    const range = { start: offset, end: offset + length }
    if (typeof meaning !== 'string' && 'refusal' in meaning) {
      throw syntaxFault(source, range, 'this number is out of range', meaning.refusal)
    }
    if (meaning !== 'skip') tokens.push(placed(meaning, text, range))
    offset += length
  }
  return tokens
}

function placed(meaning: Bracket | Reading, text: string, range: SourceRange): Token {
  const place = { text: text.slice(range.start, range.end), range }
  if (typeof meaning !== 'string') return { type: 'operator', ...meaning, ...place }
  return { type: 'bracket', bracket: meaning, optional: place.text.endsWith('?'), ...place }
}

interface Match {
  readonly length: number
  readonly meaning: Meaning
}

function readRule(source: ExpressionSource, offset: number): Match {
  for (const { pattern, read } of RULES) {
    const length = matchLength(pattern, source.text, offset)
    if (length > 0) return { length, meaning: read(source.text.slice(offset, offset + length)) }
  }
  throw unknownText(source, offset, [...WORDS.keys(), ...MACRO_WORDS.keys()])
}

function readWord(
  text: string,
  offset: number,
  expand: (text: string) => Expression | undefined,
): Match | undefined {
  for (let length = Math.min(MAX_WORD_LENGTH, text.length - offset); length > 0; length--) {
    const spelling = text.slice(offset, offset + length)
    const macro = MACRO_WORDS.get(spelling)
    if (macro !== undefined) return { length, meaning: operator('macro', { body: expand(macro) }) }
    const word = WORDS.get(spelling)
    if (word !== undefined) return withSuffix(word, text, offset, length)
  }
  return undefined
}

function withSuffix(word: Word, text: string, offset: number, length: number): Match {
  const { suffix, ...plain } = word
  const suffixLength = suffix === undefined ? 0 : matchLength(SUFFIXES[suffix], text, offset + length)
  if (suffixLength === 0) return { length, meaning: plain }
  const inside = text.slice(offset + length + 1, offset + length + suffixLength - 1)
  return { length: length + suffixLength, meaning: applySuffix(plain, inside) }
}

function applySuffix(word: Reading, inside: string): Meaning {
  if (word.operator === 'substituteEnvironment') return { ...word, options: readFlags(inside) }
  const parsed = parseInteger(inside)
  if (!parsed.ok) return { refusal: numberRefusal('ParseInt', inside, parsed.reason) }
  const number = Number(parsed.value)
  switch (word.operator) {
    case 'encode':
      return { ...word, options: { ...word.options, indent: number } }
    case 'flatten':
      return { ...word, options: { depth: number } }
    case 'parent':
      return { ...word, options: { level: number } }
    default:
      return word
  }
}

function readFlags(text: string): OptionsOf<'substituteEnvironment'> {
  const flags = text.split(/[ ,]+/)
  return { noUnset: flags.includes('nu'), noEmpty: flags.includes('ne'), failFast: flags.includes('ff') }
}

function matchLength(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset
  return pattern.test(text) ? pattern.lastIndex - offset : 0
}

function operator<Name extends OperatorName>(
  name: Name,
  options: OptionsOf<Name>,
): { operator: Name; options: OptionsOf<Name> } {
  return { operator: name, options }
}

function bracketOf(text: string): Bracket {
  switch (text) {
    case '(':
    case ')':
    case '[':
    case '{':
    case '}':
    case '.[':
      return text
    default:
      return ']'
  }
}

function name(text: string, quoted: boolean): Reading {
  const optional = text.endsWith('?')
  const bare = text.slice(1, optional ? -1 : undefined)
  return operator('name', { name: quoted ? bare.slice(1, -1) : bare, optional })
}

function integer(text: string, digits: string, base: 10 | 16): Meaning {
  const parsed = parseInteger(digits, base)
  if (!parsed.ok) return { refusal: numberRefusal('ParseInt', digits, parsed.reason) }
  return operator('literal', { tag: '!!int', text })
}

function float(text: string): Meaning {
  const parsed = parseFloat64(text)
  if (!parsed.ok) return { refusal: numberRefusal('ParseFloat', text, parsed.reason) }
  return operator('literal', { tag: '!!float', text })
}

function comparison(sign: string): Reading {
  if (sign === '==') return operator('equals', {})
  if (sign === '!=') return operator('notEquals', {})
  return operator('compare', { greater: sign.startsWith('>'), orEqual: sign.endsWith('=') })
}

function mergeOptions(text: string): OptionsOf<'multiply'> {
  return {
    appendLists: text.includes('+'),
    mergeLists: text.includes('d'),
    onlyExisting: text.includes('?'),
    onlyNull: text.includes('n'),
    clobberTags: text.includes('c'),
  }
}
