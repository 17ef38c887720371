import { array, assert, constantFrom, property } from 'fast-check'
import { expect, test } from 'vitest'

import { asText, encodedTexts, type Span, textsInBase64 } from '../src/redaction/base64.ts'

const SECRET = 'kind: Secret\ndata: {a: b}\n'
const PARTS = [
  Buffer.from(SECRET).toString('base64'),
  Buffer.from(SECRET).toString('hex'),
  Buffer.from(SECRET).toString('hex').toUpperCase().slice(1),
  Buffer.from('é and ü in sixteen bytes').toString('base64'),
  Buffer.from([0xff, 0xfe, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]).toString('base64'),
  '/usr/local/share/some/long/path',
  'x'.repeat(15),
  'A'.repeat(16),
  '0123456789abcdef',
  '\\n',
  '\n',
  ' ',
  '=',
  '日',
]

/** Every run that is long enough, one character after the other. */
function runs(text: string, alphabet: RegExp): Span[] {
  return Array.from(text.matchAll(alphabet), ({ 0: run, index }) => ({
    start: index,
    end: index + run.length,
  }))
}

function startsWithText(run: string): boolean {
  const bytes = Buffer.from(run.slice(0, 32 - (Math.min(run.length, 32) % 4)), 'base64')
  return [0, 1, 2, 3].some((cut) => asText(bytes.subarray(0, bytes.length - cut)) !== undefined)
}

test('encoded texts are found wherever a slow search finds them', () => {
  assert(
    property(array(constantFrom(...PARTS), { maxLength: 8 }), (parts) => {
      const text = parts.join('')
      const base64 = runs(text, /(?<=\\)[A-Za-z0-9+/]{17,}|(?<![A-Za-z0-9+/\\])[A-Za-z0-9+/]{16,}/gu)
        .map(({ start, end }) => ({ start: text[start - 1] === '\\' ? start + 1 : start, end }))
        .filter(({ start, end }) => startsWithText(text.slice(start, end)))
      expect([...textsInBase64(text)]).toEqual(base64)
      const hexadecimal = runs(text, /(?:[0-9a-f]{2}){16,}/giu).filter(
        ({ start, end }) => asText(Buffer.from(text.slice(start, end), 'hex')) !== undefined,
      )
      expect([...encodedTexts(text)].map(({ start, end }) => ({ start, end }))).toEqual(hexadecimal)
    }),
    { seed: 64, numRuns: 5000 },
  )
})
