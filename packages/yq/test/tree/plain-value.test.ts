import { expect, test } from 'vitest'

import { readDocuments } from '../../src/reader/read.ts'
import { fromValue, toValue } from '../../src/tree/plain-value.ts'

const valueOf = (text: string): unknown => {
  const [root] = readDocuments(text)
  return root === undefined ? undefined : toValue(root)
}

test.each([
  ['a: 1', { a: 1 }],
  ['a: 0x1F', { a: 31 }],
  ['a: 0o17', { a: 15 }],
  ['a: 017', { a: 15 }],
  ['a: -0b11', { a: -3 }],
  ['a: 1_000', { a: 1000 }],
  ['a: 0', { a: 0 }],
  ['a: 9007199254740993', { a: 9007199254740993n }],
  ['a: 1.5e3', { a: 1500 }],
  ['a: -.inf', { a: -Infinity }],
  ['a: "1"', { a: '1' }],
  ['a: yes', { a: 'yes' }],
  ['a: TRUE', { a: true }],
  ['a: ~\nb:', { a: null, b: null }],
  ['[a, {b: c}, []]', ['a', { b: 'c' }, []]],
  ['a: &x {b: 1}\nc: *x', { a: { b: 1 }, c: { b: 1 } }],
  ['a: &x [*x]', { a: [null] }],
  ['__proto__: 1', JSON.parse('{"__proto__": 1}')],
])('%s', (text, expected) => {
  expect(valueOf(text)).toEqual(expected)
})

test('keys keep the order of the document', () => {
  expect(Object.keys(valueOf('z: {a: 1}\na: 2\nm: [1]') as object)).toEqual(['z', 'a', 'm'])
})

test.each([[{ a: [1, 'two', null, { b: true }], c: {} }], ['text'], [[[], [[]]]], [null]])(
  '%j and back',
  (value) => {
    expect(toValue(fromValue(value))).toEqual(value)
  },
)

test('depth is not limited', () => {
  let value: unknown = 1
  for (let depth = 0; depth < 20_000; depth++) value = [value]
  let plain: unknown = toValue(fromValue(value))
  let depth = 0
  for (; Array.isArray(plain); plain = plain[0]) depth++
  expect(depth).toBe(20_000)
})
