import { array, assert, constantFrom, integer, property } from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'

import { displayWidth, padToWidth, shortenToWidth } from '../src/text-width.ts'

test.each([
  ['prow', 4],
  ['部署', 4],
  ['e\u0301', 1],
  ['👩‍👩‍👧', 2],
  ['\u001b[31mred\u001b[0m', 3],
])('%j takes %i columns', (text, width) => {
  expect(displayWidth(text)).toBe(width)
  expect(displayWidth(padToWidth(text, 10))).toBe(10)
})

const texts = array(constantFrom('a', 'bc', '部', '/', ' ', '-', 'deployment.yaml'), { maxLength: 40 })

test('a shortened text fits', () => {
  assert(
    property(texts, integer({ min: 1, max: 30 }), (parts, width) => {
      expect(displayWidth(shortenToWidth(parts.join(''), width))).toBeLessThanOrEqual(width)
    }),
    { seed: 14 },
  )
})

/** Thai and Lao AM: string-width treats them as combining marks, but terminals give them a column. */
const AM: ReadonlySet<number> = new Set([0x0e33, 0x0eb3])

test('every character up to U+2FFF has the width that string-width gives it', () => {
  const differing: string[] = []
  for (let code = 0; code <= 0x2fff; code++) {
    const text = `a${String.fromCodePoint(code)}`
    if (!AM.has(code) && displayWidth(text) !== stringWidth(text)) differing.push(code.toString(16))
  }
  expect(differing).toEqual([])
})
