import {
  applyV3Script,
  compareMigration,
  evaluate,
  migrateV3Script,
  type Node,
  readDocuments,
  toValue,
  YqFault,
} from '@overlay-render/yq'
import { describe, expect, test } from 'vitest'

import { matchesText, parsePath, type PathElement } from '../../packages/yq/src/v3/path.ts'
import { type Draw, list, pick, seededDraw } from './draw.ts'
import { randomV3Case } from './v3-cases.ts'
import { wildCase, type WildCase } from './v3-wild.ts'

/** Returns the data of all documents as text. Throws when the YAML is invalid. */
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

/** Compares the data that both scripts give, and reports whether `compareMigration` agrees. */
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

/** Whether the script has a single command and no migration notes, and the document meets all of its needs. */
function meetsNeeds({ script, document }: WildCase): boolean {
  const migration = attempt(() => migrateV3Script(script))
  const roots = attempt(() => readDocuments(document))
  if (migration === undefined || roots?.length !== 1 || roots[0] === undefined) return false
  const path = /^ {2}path: '(.*)'$/mu.exec(script)?.[1]?.replaceAll("''", "'")
  if (path === undefined || migration.notes.length > 0 || (script.match(/command:/gu)?.length ?? 0) > 1)
    return false
  return !hasLinks(roots[0]) && isMet(roots[0], parsePath(path), /command: delete/u.test(script))
}

const ELEMENTS = [
  'a',
  'b',
  'l',
  'm',
  'n',
  '*',
  '**',
  'a*',
  '[0]',
  '[1]',
  '[-1]',
  '[+]',
  '(a==x)',
  '(.==1)',
  '(a.b==x)',
  '"a.b"',
  '1',
]
const VALUES = ['new', '1', '{k: 1}', '[1]', '"q"', 'true']

/** A document without anchors and aliases, with a script of one command. */
function plainCase(draw: Draw): WildCase {
  const path = list(draw, 1, 3, () => pick(draw, ELEMENTS)).join('.')
  const name = pick(draw, ['update', 'merge', 'delete'])
  const value = name === 'delete' ? '' : `  value: ${pick(draw, VALUES)}\n`
  const document = `${JSON.stringify(plainData(draw, 0))}\n`
  return { document, script: `- command: ${name}\n  path: '${path}'\n${value}` }
}

function plainData(draw: Draw, depth: number): unknown {
  const kind = depth > 2 ? 0 : draw.below(depth === 0 ? 5 : 7)
  if (depth > 0 && kind < 2) return pick(draw, ['x', 1, 'x', true, 2.5, 'cat'])
  if (kind % 2 === 0) return list(draw, 0, 3, () => plainData(draw, depth + 1))
  return Object.fromEntries(
    list(draw, 0, 4, () => [
      pick(draw, ['a', 'b', 'l', 'm', 'n', 'ab', 'a.b', '1']),
      plainData(draw, depth + 1),
    ]),
  )
}

function hasLinks({ kind, anchor, content }: Node): boolean {
  const keys = kind === 'mapping' ? content.filter((_, index) => index % 2 === 0).map((key) => key.value) : []
  return (
    kind === 'alias' ||
    anchor !== '' ||
    keys.includes('<<') ||
    new Set(keys).size < keys.length ||
    content.some((child) => hasLinks(child))
  )
}

function isMet(root: Node, elements: readonly PathElement[], deletes: boolean): boolean {
  let places: (Node | undefined)[] = [root]
  for (const [index, element] of elements.entries()) {
    const isDeleted = deletes && index === elements.length - 1
    if (!places.every((node) => meets(node, element, isDeleted))) return false
    if (element === '+') return true
    places = places.flatMap((node) => below(node, element))
  }
  return true
}

function meets(node: Node | undefined, element: PathElement, isDeleted: boolean): boolean {
  const isList = node?.kind === 'sequence'
  const isMap = node?.kind === 'mapping'
  const count = node?.content.length ?? 0
  const keys = isMap ? node.content.filter((_, index) => index % 2 === 0) : []
  const hasIntegers = isDeleted && keys.some(({ tag }) => tag === '!!int')
  if (element === '+' || (element === 0 && !isDeleted)) return isList || node === undefined
  if (typeof element === 'number') return isList && count >= (element < 0 ? -element : element + 1)
  if (element === '*') return (isList || isMap) && count > 0 && !hasIntegers
  if (element === '**')
    return (
      (isList || isMap) && everyBelow(node, (each) => each.kind === 'scalar' || meets(each, '*', isDeleted))
    )
  if (element.includes('=='))
    return node !== undefined && isList && node.content.every((item) => meetsFilter(item, element))
  if (element.endsWith('*') && !isDeleted)
    return keys.some(({ value }) => value.startsWith(element.slice(0, -1)))
  return isMap || node === undefined
}

function everyBelow(node: Node, holds: (node: Node) => boolean): boolean {
  return holds(node) && node.content.every((child) => everyBelow(child, holds))
}

function meetsFilter(item: Node, element: string): boolean {
  const field = element.slice(0, element.indexOf('==')).trim()
  const isPlain = (node: Node | undefined): boolean =>
    node?.kind === 'scalar' && ['!!str', '!!int', '!!float'].includes(node.tag)
  if (field === '.') return isPlain(item)
  let at: Node | undefined = item
  for (const key of parsePath(field)) {
    if (at?.kind !== 'mapping' || typeof key !== 'string' || /[*=+]/u.test(key)) return false
    at = below(at, key)[0]
  }
  return isPlain(at)
}

function below(node: Node | undefined, element: PathElement): (Node | undefined)[] {
  if (node === undefined) return [undefined]
  const { content } = node
  if (typeof element === 'number') return [content.at(element)]
  const values = node.kind === 'mapping' ? content.filter((_, index) => index % 2 === 1) : content
  if (element === '*' || element.includes('==')) return [...values]
  if (element === '**') return [...values].flatMap((child) => [child, ...below(child, '**')])
  const found = values.filter((_, index) => matchesText(element, content[index * 2]?.value ?? ''))
  return found.length === 0 ? [undefined] : found
}

describe('a migrated script gives the same data under yq 4, or the comparison says what differs', () => {
  test('for scripts whose paths exist in the document', () => {
    const verdicts = Array.from({ length: 600 }, (_, index) => randomV3Case(seededDraw(51_000 + index)))
      .filter(({ places, document }) => places.length > 0 && !/^(?:---|\.\.\.)/mu.test(document))
      .flatMap((item) => judge(item) ?? [])
    expect(verdicts.length).toBeGreaterThan(100)
    expect(verdicts.filter(({ same, saidSame }) => saidSame && !same)).toEqual([])
    expect(verdicts.filter(({ same }) => same).length / verdicts.length).toBeGreaterThan(0.8)
  })

  test('for scripts with random paths', () => {
    const cases = Array.from({ length: 500 }, (_, index) => wildCase(seededDraw(52_000 + index)))
    const wrong = cases.filter((item) => {
      const verdict = judge(item)
      return verdict !== undefined && verdict.saidSame && !verdict.same
    })
    expect(wrong).toEqual([])
  })

  test('and for bases that have what the expression needs', () => {
    const cases = Array.from({ length: 3_000 }, (_, index) => plainCase(seededDraw(53_000 + index)))
    let met = 0
    const wrong = cases.filter((item) => {
      if (!meetsNeeds(item)) return false
      met += 1
      return judge(item)?.same === false
    })
    expect(met).toBeGreaterThan(250)
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
      if (three === undefined || notes.some(({ message }) => message.includes('is not translated'))) continue
      expect({ expression, data: dataOf(evaluate(expression, BASE)) }).toEqual({
        expression,
        data: dataOf(three),
      })
    }
  })
})
