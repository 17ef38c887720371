import {
  applyV3Script,
  compareMigration,
  evaluate,
  migrateV3Script,
  readDocuments,
  toValue,
  YqFault,
} from '@overlay-render/yq'
import { describe, expect, test } from 'vitest'

import { seededDraw } from './draw.ts'
import { randomV3Case } from './v3-cases.ts'
import { wildCase, type WildCase } from './v3-wild.ts'

/** Data of all documents as text; what is no YAML has none. */
function dataOf(yaml: string): string {
  return JSON.stringify(
    readDocuments(yaml).map((root) => toValue(root)),
    (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value),
  )
}

function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof YqFault) return undefined
    throw error
  }
}

/** Whether the migrated script gives the same data, and whether the comparison says so. */
function judge({ script, document }: WildCase): { same: boolean; saidSame: boolean } | undefined {
  const three = attempt(() => applyV3Script(script, document).text)
  if (three === undefined) return undefined
  const { expression } = migrateV3Script(script)
  const said = compareMigration(script, expression, document)
  const four = attempt(() => dataOf(evaluate(expression, document)))
  const expected = attempt(() => dataOf(three))
  return {
    same: four !== undefined && four === expected,
    saidSame: said.failure === undefined && said.differences.length === 0,
  }
}

describe('a migrated script gives the same data under yq 4, or the comparison says what differs', () => {
  test('for scripts whose commands name nodes that are there', () => {
    const verdicts = Array.from({ length: 600 }, (_, index) => randomV3Case(seededDraw(51_000 + index)))
      .filter(({ places, document }) => places.length > 0 && !/^(?:---|\.\.\.)/mu.test(document))
      .flatMap((item) => judge(item) ?? [])
    expect(verdicts.length).toBeGreaterThan(100)
    expect(verdicts.filter(({ same, saidSame }) => saidSame && !same)).toEqual([])
    expect(verdicts.filter(({ same }) => same).length / verdicts.length).toBeGreaterThan(0.8)
  })

  test('for scripts that need not fit', () => {
    const cases = Array.from({ length: 500 }, (_, index) => wildCase(seededDraw(52_000 + index)))
    const wrong = cases.filter((item) => {
      const verdict = judge(item)
      return verdict !== undefined && verdict.saidSame && !verdict.same
    })
    expect(wrong).toEqual([])
  })

  const BASE = `a: {b.c: 1, "b c": 2, b: {c: 3}, "*": 4, e: {}}
l: [1, 2, [3]]
m:
  - {n: a, v: 1, s: [{t: 1}, {t: 2}]}
  - {n: b, v: null}
x: &x {k: 1}
y: {z: *x, e: []}
`
  const PATHS = [
    'a."b.c"',
    'a."b c"',
    'a.b c',
    'a.*',
    'a."*"',
    'a.b*',
    'a.**',
    'l.**',
    '**',
    '**.v',
    '**.t',
    'y.**',
    'y.e.**',
    'm.(n==a).v',
    'm.(n==a*).v',
    'm.(n==a)',
    'm.(n==zz).v',
    'l.(.==2)',
    'm[*].v',
    'm[-1].v',
    'l[-1]',
    'l[0]',
    'l[+]',
    'm[+].n',
    'm[+]',
    'm.(n==a).s[*].t',
    'm.(n==a).new.key',
    'a.new.path',
    'new[0].x',
    'a.1',
    'a.x/y',
    'a.$x',
  ]

  test.each(PATHS)('for the path %s', (path) => {
    for (const command of ['update', 'delete']) {
      const value = command === 'update' ? '  value: new\n' : ''
      const script = `- command: ${command}\n  path: ${JSON.stringify(path)}\n${value}`
      const three = attempt(() => applyV3Script(script, BASE).text)
      const { expression, notes } = migrateV3Script(script)
      if (three === undefined || notes.some(({ message }) => message.includes('is left out'))) continue
      expect({ expression, data: dataOf(evaluate(expression, BASE)) }).toEqual({
        expression,
        data: dataOf(three),
      })
    }
  })
})
