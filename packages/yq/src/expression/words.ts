import type { WordUse, Suffix } from '../operators/operator.ts'
import { operators } from '../operators/table.ts'
import type { OperatorName } from './ast.ts'
import type { Reading } from './token.ts'

/** The meaning of a word of the language. */
export type Word = Reading & { readonly suffix?: Suffix }

/** Words that are defined by an expression. */
const MACROS: Readonly<Record<string, string>> = {
  root: 'parent(-1)',
  'array_?to_?map': '(.[] | select(. != null)) as $item ireduce({}; .[$item | key] = $item)',
}

/**
 * The words by spelling. The longest match wins. `ascii_upcase` and `ascii_downcase` are missing: yq documents them, but
 * reads their first two letters as `as`.
 */
export const WORDS: ReadonlyMap<string, Word> = new Map(
  Object.entries(operators).flatMap(([operator, { words }]) =>
    Object.entries<WordUse<OperatorName>>(words).flatMap(([pattern, use]) =>
      // A row's words have the options of its operator, which TypeScript cannot express in a loop over rows.
      spellingsOf(pattern).map((name): [string, Word] => [name, { operator, ...use } as Word]),
    ),
  ),
)

/** The definitions of words, by spelling. */
export const MACRO_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries(MACROS).flatMap(([pattern, text]) => spellingsOf(pattern).map((name) => [name, text])),
)

export const MAX_WORD_LENGTH: number = Math.max(
  ...[...WORDS.keys(), ...MACRO_WORDS.keys()].map((name) => name.length),
)

function spellingsOf(pattern: string): string[] {
  if (!pattern.includes('_?')) return pattern.split('|')
  return pattern.split('|').flatMap((name) => {
    const [first = '', ...rest] = name.split('_?')
    return rest.reduce((names, part) => names.flatMap((start) => [`${start}_${part}`, start + part]), [first])
  })
}
