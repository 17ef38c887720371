import { array, assert, constantFrom, integer, property } from 'fast-check'
import { expect, test } from 'vitest'

import { displayWidth } from '../src/text-width.ts'
import { wrapToWidth } from '../src/wrap-text.ts'

const texts = array(constantFrom('a', 'bc', '部', '/', ' ', '  ', '-', 'deployment.yaml', '"b c"'), {
  maxLength: 40,
})

test('a wrapped text keeps every word, breaks none, and fits where its words fit', () => {
  assert(
    property(texts, integer({ min: 1, max: 30 }), integer({ min: 0, max: 4 }), (parts, width, indent) => {
      const text = parts.join('')
      const lines = wrapToWidth(text, width, { indent })
      expect(lines.join(' ').split(/ +/u).join(' ').trim()).toBe(text.split(/ +/u).join(' ').trim())
      for (const line of lines.length > 1 ? lines : []) {
        const isOneWord = !/\S \S/u.test(line.replaceAll('  ', ' '))
        expect(isOneWord || displayWidth(line) <= width).toBe(true)
      }
      for (const line of lines.slice(1)) expect(line).toMatch(new RegExp(`^ {${indent}}\\S`, 'u'))
    }),
    { seed: 14 },
  )
})

test('what goes on below is indented, and a path stays whole', () => {
  expect(
    wrapToWidth('  hint: list it in overlays/production/kustomization.yaml, or remove it', 40, { indent: 4 }),
  ).toEqual(['  hint: list it in', '    overlays/production/kustomization.yaml,', '    or remove it'])
})

test('what must not be broken goes to the next line whole', () => {
  expect(
    wrapToWidth('write "0 22,10 * * *" where it says so', 12, { indent: 2, unbroken: /"[^"]*"/gu }),
  ).toEqual(['write', '  "0 22,10 * * *"', '  where it', '  says so'])
})

test('colours take no columns', () => {
  expect(wrapToWidth('\u001b[31merror\u001b[0m: no such file', 12)).toEqual([
    '\u001b[31merror\u001b[0m: no',
    'such file',
  ])
})
