import { expect, test } from 'vitest'

import { formatPosition, positionAt, renderCaret } from '../src/position.ts'

test.each([
  ['a: 1\nb: 2', 0, 1, 1],
  ['a: 1\nb: 2', 5, 2, 1],
  ['a: 1\r\nb: 2', 8, 2, 3],
  ['a\rb', 2, 2, 1],
  ['😀x', 2, 1, 2],
  ['a', 99, 1, 2],
  ['', 0, 1, 1],
])('%j at %i is line %i, column %i', (text, offset, line, column) => {
  expect(positionAt('f', text, offset)).toEqual({ file: 'f', line, column })
})

test('a position is printed as file:line:column', () => {
  expect(formatPosition({ file: 'a/b.yaml', line: 3, column: 7 })).toBe('a/b.yaml:3:7')
})

test('the caret is below the position', () => {
  expect(renderCaret('x\n.a = = 1\n', { file: 'f', line: 2, column: 6 })).toBe('2 | .a = = 1\n  |      ^')
  expect(renderCaret('😀 = 1', { file: 'f', line: 1, column: 3 }, 3)).toBe('1 | 😀 = 1\n  |   ^^^')
})

test('tabs and control bytes move neither the caret nor the terminal', () => {
  expect(renderCaret('\t\u001b[31mx', { file: 'f', line: 1, column: 7 })).toBe('1 |   [31mx\n  |       ^')
})

test('a long line is shortened around the caret', () => {
  const line = `${'a'.repeat(500)}X${'b'.repeat(500)}`
  const [text = '', caret = ''] = renderCaret(line, { file: 'f', line: 1, column: 501 }).split('\n')
  expect(text.length).toBeLessThan(120)
  expect(text.charAt(caret.indexOf('^'))).toBe('X')
  expect(text).toMatch(/… *$/)
})

test('a missing line has no caret', () => {
  expect(renderCaret('one', { file: 'f', line: 5, column: 1 })).toBe('')
})
