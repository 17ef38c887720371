import { nearestNames } from '@overlay-render/faults'
import { quote } from '../go/quote.ts'
import { type ExpressionSource, syntaxFault } from './syntax-fault.ts'

const DOUBLE_QUOTES = 'Strings are in straight double quotes'

/** Syntax of other languages, mostly jq, and its equivalent in yq. */
const HINTS: ReadonlyMap<string, string> = new Map([
  ["'", DOUBLE_QUOTES],
  ['‘', DOUBLE_QUOTES],
  ['“', DOUBLE_QUOTES],
  ['&', 'Say "and"'],
  ['!', 'Use "not" after the value: .a | not'],
  ['if', 'There is no "if": use select(…), with(…; …) or //'],
  ['reduce', 'Use .[] as $item ireduce (0; . + $item)'],
  ['gsub', 'Use sub, which replaces all matches'],
])

/** The error for text that is not a token. `words` of the language are for hints. */
export function unknownText(source: ExpressionSource, offset: number, words: Iterable<string>): Error {
  const rest = source.text.slice(offset)
  const runes = Array.from(rest.slice(0, 40))
  const sample = runes.length > 16 ? `${runes.slice(0, 16).join('')}...` : runes.join('')
  const lines = source.text.slice(0, offset).split('\n')
  const place = `${lines.length}:${Array.from(lines.at(-1) ?? '').length + 1}`
  const bad = /^[A-Za-z_][A-Za-z_0-9]*/.exec(rest)?.[0] ?? runes[0] ?? ''
  const hint = HINTS.get(bad) ?? hintFor(bad, words)
  return syntaxFault(
    source,
    { start: offset, end: offset + bad.length },
    bad === '"'
      ? 'this string has no closing quote'
      : `${quote(bad)} is not part of the language; expected a path such as .a.b, a value, a word or an operator`,
    `${place}: lexer: invalid input text ${quote(sample)}`,
    hint,
  )
}

function hintFor(bad: string, words: Iterable<string>): string | undefined {
  if (!/^[A-Za-z_]/.test(bad)) return undefined
  // One or two letters are similar to too many words.
  const names = nearestNames(
    bad,
    [...words].filter((word) => word.length > 2 && bad.length > 2),
  )
  const meant = names.length > 0 ? `did you mean ${names.join(' or ')}, or ` : 'did you mean '
  return `${meant}"${bad}" in quotes, or .${bad}?`.replace(/^d/, 'D')
}
