import { describe, expect, test } from 'vitest'

import { findOracle, inLanes, runYq } from '../conformance/oracle.ts'
import { runOurs } from '../conformance/run-ours.ts'

const yq = findOracle('yq4')

/** Every operator that takes an argument, by name and by symbol. */
const WORDS =
  'select map map_values filter first has contains pick omit eval error any_c all_c with_entries with del set_path del_paths explode sort_by sort_keys unique_by group_by join split sub match capture test load load_str load_xml system format_datetime with_dtf tz'.split(
    ' ',
  )
const SIGNS =
  '| , ; : = |= =c += -= *= * *+ / % + - // == != < <= > >= and or as ref style= tag|= anchor= alias= line_comment= head_comment= foot_comment|= comments= ireduce'.split(
    ' ',
  )
const EXPRESSIONS: readonly string[] = [
  ...WORDS.flatMap((word) => [`${word}(`, `${word}(.a`, `.a | ${word}((.b)`, `[${word}(.a]`, `{${word}(`]),
  ...SIGNS.flatMap((sign) => [
    `.a ${sign} (`,
    `(.a ${sign} .b`,
    `.a ${sign} [.b`,
    `{.a ${sign} (.b}`,
    `.a ${sign} .b)`,
  ]),
]

describe.skipIf(yq === undefined)(
  'an expression with a missing bracket (skipped without the real yq 4: run pnpm oracles)',
  () => {
    test('is refused with the message of the real yq after any operator', async () => {
      const answers = await inLanes(EXPRESSIONS, 2, async (expression) => {
        const item = { document: 'a: 1\n', expression }
        return { expression, real: (await runYq(yq ?? '', item))?.error, ours: runOurs(item).error }
      })
      expect(answers.filter(({ real, ours }) => real !== ours)).toEqual([])
    })
  },
)
