import { expect, test } from 'vitest'

import { YqFault } from '../../src/errors.ts'
import { printNode } from '../../src/printer/print.ts'
import { decodeText, decodeUpToFault } from '../../src/reader/decode-text.ts'
import { readDocuments } from '../../src/reader/read.ts'

function roundTrip(text: string): string {
  return readDocuments(text)
    .map((root) => printNode(root))
    .join('---\n')
}

function faultOf(act: () => unknown): YqFault {
  try {
    act()
  } catch (error) {
    if (error instanceof YqFault) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

test.each([
  ['flow lists', '['.repeat(10_000) + ']'.repeat(10_000)],
  ['block lists', `${'- '.repeat(10_000)}a`],
  ['flow maps', '{a: '.repeat(9_999) + '{}' + '}'.repeat(9_999)],
])('%s can be nested 10,000 levels deep', (_, text) => {
  expect(roundTrip(text)).toHaveLength(text.length + 1)
})

test.each([
  ['flow lists', '['.repeat(10_001)],
  ['block lists', `${'- '.repeat(10_001)}a`],
])('%s nested 10,001 levels deep are an error', (_, text) => {
  const fault = faultOf(() => readDocuments(text))
  expect(fault.code).toBe('limit-exceeded')
  expect(fault.sentence).toContain('exceeded max depth of 10000')
})

test('an alias bomb is not expanded', () => {
  const lines = ['a: &a [x, x, x, x, x, x, x, x, x]']
  for (const [index, name] of [...'bcdefghijklmnop'].entries()) {
    const before = 'abcdefghijklmno'.charAt(index)
    lines.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`)
  }
  const text = `${lines.join('\n')}\n`
  expect(roundTrip(text)).toBe(text)
})

test('a long line of one scalar is read and printed', () => {
  const text = `a: ${'word '.repeat(1_000_000)}end\n`
  expect(roundTrip(text)).toBe(text)
})

test('a long run of blanks is read in linear time', () => {
  expect(roundTrip(`a: 1${' '.repeat(1_000_000)}\nb: 2\n`)).toBe('a: 1\nb: 2\n')
})

test('an error has a position, and says what was expected', () => {
  const fault = faultOf(() => readDocuments('a: 1\nb: [1, 2\nc: 3\n', { fileName: 'x.yaml' }))
  expect(fault.code).toBe('document-invalid')
  expect(fault.position).toEqual({ file: 'x.yaml', line: 3, column: 2 })
  expect(fault.sentence).toBe("while parsing a flow sequence: did not find expected ',' or ']'")
  expect(fault.blame).toBe('input')
})

test.each([
  ['UTF-8', Buffer.from('a: é😀\n')],
  ['UTF-8 with a byte order mark', Buffer.from('\uFEFFa: é😀\n')],
  ['UTF-16, little-endian', Buffer.from('\uFEFFa: é😀\n', 'utf16le')],
  ['UTF-16, big-endian', Buffer.from('\uFEFFa: é😀\n', 'utf16le').swap16()],
])('%s is decoded', (_, bytes) => {
  expect(decodeText(bytes).replace('\uFEFF', '')).toBe('a: é😀\n')
})

test.each([
  ['a lone trailing byte', [0x61, 0x80], 'invalid leading UTF-8 octet (value: 128)'],
  ['an incomplete sequence', [0x61, 0xc3], 'incomplete UTF-8 octet sequence'],
  ['an invalid sequence', [0xc3, 0x28], 'invalid trailing UTF-8 octet (value: 40)'],
  ['an overlong sequence', [0xc0, 0x80], 'invalid length of a UTF-8 sequence'],
  ['a surrogate', [0xed, 0xa0, 0x80], 'invalid Unicode character (value: 55296)'],
  ['half a character of UTF-16', [0xff, 0xfe, 0x61], 'incomplete UTF-16 character'],
])('%s is an error', (_, bytes, message) => {
  expect(faultOf(() => decodeText(Uint8Array.from(bytes))).sentence).toBe(message)
})

test('documents before invalid bytes are read', () => {
  const start = 'a: 1\n---\n'.repeat(200)
  const { text, endFault } = decodeUpToFault(Buffer.concat([Buffer.from(start), Uint8Array.of(0x80)]))
  expect(() => readDocuments(text, { endFault })).toThrow('invalid leading UTF-8 octet')
})
