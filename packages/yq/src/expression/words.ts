import type { WordUse, Suffix } from '../operators/operator.ts'
import { operators } from '../operators/table.ts'
import type { OperatorName } from './ast.ts'
import type { Reading } from './token.ts'

/** What a word of the language stands for. */
export type Word = Reading & { readonly suffix?: Suffix }

/** Words that stand for an expression of the language itself. */
const MACROS: Readonly<Record<string, string>> = {
  root: 'parent(-1)',
  'array_?to_?map': '(.[] | select(. != null)) as $item ireduce({}; .[$item | key] = $item)',
}

/**
 * The words by each of their spellings. Of several that fit, the longest is taken. `ascii_upcase` and
 * `ascii_downcase` are no words: yq documents them, but takes their first two letters for `as`.
 */
export const WORDS: ReadonlyMap<string, Word> = new Map(
  Object.entries(operators).flatMap(([operator, { words }]) =>
    Object.entries<WordUse<OperatorName>>(words).flatMap(([pattern, use]) =>
      // A row's words have the options of its operator, which the type of a loop over rows cannot say.
      spellingsOf(pattern).map((name): [string, Word] => [name, { operator, ...use } as Word]),
    ),
  ),
)

/** The expressions that words stand for, by each of the words' spellings. */
export const MACRO_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries(MACROS).flatMap(([pattern, text]) => spellingsOf(pattern).map((name) => [name, text])),
)

export const MAX_WORD_LENGTH: number = Math.max(
  ...[...WORDS.keys(), ...MACRO_WORDS.keys()].map((name) => name.length),
)

function spellingsOf(pattern: string): string[] {
  return pattern.split('|').flatMap((name) => {
    const [first = '', ...rest] = name.split('_?')
    return rest.reduce((names, part) => names.flatMap((start) => [`${start}_${part}`, start + part]), [first])
  })
}
