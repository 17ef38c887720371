import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { compile } from '../../src/compile.ts'
import { YqFault } from '../../src/errors.ts'
import { findDifferences } from '../../src/preserve/find-differences.ts'
import { printPreserved } from '../../src/preserve/preserve.ts'
import { readDocuments } from '../../src/reader/read.ts'
import { printResults } from '../../src/printer/print.ts'
import type { Node } from '../../src/tree/node.ts'

const RUNS = { numRuns: 400, seed: 20_261_120 }

const scalar = fc.constantFrom(
  '1',
  'x y',
  "'q'",
  '"d\\n"',
  '~',
  '[1,  2]',
  '{k: v,l: w}',
  '|\n{}  text\n',
  '>-\n{}  folded\n{}  text\n',
)
const comment = fc.constantFrom('', '', '', '   # c', ' #d')
const gap = fc.constantFrom('', '', '', '\n', '{}# own\n', '\n{}# own\n', '{}# own\n\n')
const key = fc.constantFrom('a', 'b', 'c', 'name', '"k k"', "'1'")

/** Lines of block YAML; `{}` is replaced by the indentation. */
const { block } = fc.letrec<{ block: string; value: string }>((tie) => ({
  block: fc.oneof(
    fc
      .array(fc.tuple(key, tie('value'), gap), { minLength: 1, maxLength: 4 })
      .map((pairs) =>
        pairs.map(([name, value, after], index) => `{}${name}${index}:${value}${after}`).join(''),
      ),
    fc
      .array(fc.tuple(tie('value'), gap), { minLength: 1, maxLength: 4 })
      .map((items) => items.map(([value, after]) => `{}-${value}${after}`).join('')),
  ),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc
      .tuple(scalar, comment)
      .map(([text, line]) => (text.includes('\n') ? ` ${text}` : `  ${text}${line}\n`)),
    fc
      .tuple(comment, tie('block'), fc.constantFrom('  ', '    '))
      .map(([line, text, step]) => `${line}\n${text.replaceAll('{}', `{}${step}`)}`),
  ),
}))

const document = fc
  .tuple(gap, block, fc.constantFrom('\n', '\n', '\r\n'), fc.constantFrom('', '\uFEFF'))
  .map(
    ([before, text, lineBreak, mark]) =>
      mark + (before + text).replaceAll('{}', '').replaceAll('\n', lineBreak),
  )

const EXPRESSIONS = [
  '.a0 = 1',
  '.new.deep = "x"',
  'del(.b1)',
  '.[0] = {"z": [1]}',
  'del(.[0])',
  '.. |= .',
  '(.. | select(tag == "!!int")) |= . + 1',
  '(.. | select(tag == "!!str")) style = "double"',
  'sort_keys(..)',
  '.a0 line_comment = "said"',
  'with_entries(select(.key != "c2"))',
]

function read(text: string): Node[] {
  try {
    return readDocuments(text)
  } catch (error) {
    if (error instanceof YqFault) return []
    throw error
  }
}

function evaluate(text: string, expression: string): Node[] {
  try {
    return compile(expression).run(readDocuments(text))
  } catch (error) {
    if (error instanceof YqFault) return []
    throw error
  }
}

function losesData(text: string, results: readonly Node[]): boolean {
  const again = read(text)
  return (
    again.length !== results.length ||
    results.some((result, index) => {
      const root = again[index]
      return root === undefined || findDifferences(root, result).some(({ isData }) => isData)
    })
  )
}

test('without changes the output equals the input, byte for byte', () => {
  fc.assert(
    fc.property(document, (text) => {
      fc.pre(read(text).length > 0)
      expect(printPreserved(text, readDocuments(text))).toBe(text)
    }),
    RUNS,
  )
})

test('reading the output gives the results, unless yq cannot print them either', () => {
  fc.assert(
    fc.property(document, fc.constantFrom(...EXPRESSIONS), (text, expression) => {
      fc.pre(read(text).length > 0)
      const results = evaluate(text, expression)
      fc.pre(results.length > 0)
      const preserved = printPreserved(text, results)
      const isWorse = losesData(preserved, results) && !losesData(printResults(results), results)
      expect(isWorse).toBe(false)
    }),
    RUNS,
  )
})
