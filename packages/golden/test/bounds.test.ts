import { describe, expect, test } from 'vitest'

import { type DiffRules, formatDiff, REPORT_FORMATS, reportFormat } from '../src/index.ts'
import { changesOf, diffOf, document } from './support/manifests.ts'

const config = (data: string): string => document('ConfigMap', 'c', `data: ${data}\n`)
const nest = (open: string, close: string, levels: number, leaf: string): string =>
  `${open.repeat(levels)}${leaf}${close.repeat(levels)}`
const listOf = (count: number, item: (index: number) => string): string =>
  `{x: [${Array.from({ length: count }, (_, index) => item(index)).join(', ')}]}`

describe('small inputs take little time and memory, in every format', () => {
  test.each<[string, string, string, DiffRules['ignore']]>([
    [
      'a path of many descents over deep nesting',
      nest('{a: ', '}', 2000, '1'),
      nest('{a: ', '}', 2000, '2'),
      [{ path: '$..*..*..*..*..zzz' }],
    ],
    [
      'a path of many descents over a bushy tree',
      nest('{a: [{c: 1}, 2], b: ', '}', 300, '1'),
      nest('{a: [{c: 2}, 2], b: ', '}', 300, '1'),
      [{ path: "$..*..[?(@.d)]..*['c']..*" }],
    ],
    [
      'changes at every level of deep nesting',
      nest('{a: [1, {b: ', '}]}', 3000, '1'),
      nest('{a: [2, {b: ', '}]}', 3000, '1'),
      [],
    ],
    ['20,000 other items', listOf(20_000, String), listOf(20_000, (index) => `a${index}`), []],
    [
      '20,000 items in the other order, all changed',
      listOf(20_000, (index) => `{name: a${index}, v: 1}`),
      listOf(20_000, (index) => `{name: a${19_999 - index}, v: 2}`),
      [],
    ],
    [
      '20,000 items without names',
      listOf(20_000, (index) => `{v: ${index}, w: [1]}`),
      listOf(20_000, (index) => `{v: ${index * 3}, w: [2]}`),
      [],
    ],
    ['a line of 500 KB', `{x: "${'abc '.repeat(125_000)}"}`, `{x: "${'abd '.repeat(125_000)}"}`, []],
    [
      'words that start like a key',
      `{x: "${'#kind '.repeat(80_000)}"}`,
      `{x: "${'#kind\\n'.repeat(80_000)}"}`,
      [],
    ],
  ])('%s', (_name, before, after, ignore) => {
    const diff = diffOf(config(before), config(after), { ignore: ignore ?? [] })
    expect(diff.resources).toHaveLength(1)
    for (const format of REPORT_FORMATS) expect(formatDiff(diff, reportFormat(format))).toMatch(/\n$/u)
  })

  test('a filter whose regular expression does not end is stopped with an error', () => {
    const text = config(`{x: [{a: ${'a'.repeat(60)}!}]}`)
    const rules = { ignore: [{ path: '$.data.x[?(@.a.match(/^(a+)+$/))]' }] }
    expect(() => diffOf(text, `${text}spec: 1\n`, rules)).toThrow(
      expect.objectContaining({
        code: 'rule-failed',
        message: 'the JSONPath $.data.x[?(@.a.match(/^(a+)+$/))] took longer than 4 seconds and was stopped',
      }),
    )
  })
})

describe('names from Object.prototype are ordinary', () => {
  const NAMES = ['__proto__', 'constructor', 'length', 'toString', 'hasOwnProperty']

  test.each(NAMES)('as a key: %s', (name) => {
    const [before, after] = [config(`{${name}: a}`), config(`{${name}: b}`)]
    expect(changesOf(diffOf(before, after))).toEqual([`~ data.${name}: "a" -> "b"`])
    expect(changesOf(diffOf(config('{}'), after))).toEqual([`+ data.${name}: "b"`])
    const patch = JSON.parse(formatDiff(diffOf(before, after), 'json-patch'))
    expect(patch[0].patch).toEqual([{ op: 'replace', path: `/data/${name}`, value: 'b' }])
  })

  test.each(NAMES)('in a rule: %s', (name) => {
    for (const path of [
      `$.data.${name}`,
      `$.data['${name}']`,
      `$..${name}`,
      `$.data[?(@property=="${name}")]`,
    ]) {
      const diff = diffOf(config(`{${name}: a, b: 1}`), config(`{${name}: b, b: 2}`), { ignore: [{ path }] })
      expect(changesOf(diff)).toEqual(['~ data.b: 1 -> 2'])
      expect(diffOf(config('[1]'), config('[2]'), { ignore: [{ path }] }).resources).toHaveLength(1)
    }
  })
})
