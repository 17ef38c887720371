import { expect, test } from 'vitest'

import { chance, type Draw, pick, seededDraw } from '../../../test/differential/draw.ts'
import { isValue, parseLossless, writeLossless } from '../src/lossless/lossless-json.ts'
import { Redacted, TypedText } from '../src/resources/value.ts'

const LEAVES: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  -0,
  1.5e300,
  Number.NaN,
  Number.NEGATIVE_INFINITY,
  2n ** 70n,
  -5n,
  '',
  '$',
  '\u0000\u2028"\\',
  '\ud800',
  new Redacted('0a1b2c3d4e'),
  new Redacted('0a1b', 'key: (secret 0a1b)'),
  new TypedText('2001-01-01'),
]
const KEYS = ['a', '$', '1', '__proto__', 'constructor', 'toJSON', ''] as const

function drawData(draw: Draw, depth: number): unknown {
  if (depth === 0 || chance(draw, 1, 3)) return LEAVES[draw.below(LEAVES.length)]
  const items = Array.from({ length: draw.below(4) }, () => drawData(draw, depth - 1))
  if (chance(draw, 1, 2)) return items
  return Object.fromEntries(items.map((item) => [pick(draw, KEYS), item]))
}

test('any data is restored exactly, with the order of its keys', () => {
  const draw = seededDraw(31)
  for (let round = 0; round < 3000; round++) {
    const data = drawData(draw, 5)
    const text = writeLossless(data)
    const read = parseLossless(text)
    expect(read).toEqual(data)
    expect(writeLossless(read)).toBe(text)
  }
})

test('data of any depth is written, read and checked', () => {
  let data: unknown = 'leaf'
  for (let depth = 0; depth < 200_000; depth++) data = depth % 2 === 0 ? [data] : { $: data }
  const text = writeLossless(data)
  const read = parseLossless(text)
  expect(isValue(read)).toBe(true)
  expect(writeLossless(read) === text).toBe(true)
})

test.each([
  '{"$":1}',
  '{"$":["map",1]}',
  '{"$":["bigint","x"]}',
  '{"$":["number","1"]}',
  '{"$":["redacted","<b>",null]}',
  '{"$":["undefined"],"a":1}',
  '{',
  '',
])('an unknown tag is rejected: %s', (text) => expect(() => parseLossless(text)).toThrow(SyntaxError))

test('data that manifests cannot contain is not a value', () => {
  for (const data of [undefined, [undefined], { a: { b: undefined } }, Symbol('x')])
    expect(isValue(data)).toBe(false)
})
