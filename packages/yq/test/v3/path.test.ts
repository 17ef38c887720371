import { describe, expect, test } from 'vitest'

import { isPattern, matchesText, parsePath } from '../../src/v3/path.ts'

describe('a yq 3 path', () => {
  test.each([
    ['a.b.c', ['a', 'b', 'c']],
    ['a[0].b', ['a', 0, 'b']],
    ['a[-1]', ['a', -1]],
    ['a[+].c', ['a', '+', 'c']],
    ['a[*]', ['a', '*']],
    ['a.*.b', ['a', '*', 'b']],
    ['a.**', ['a', '**']],
    ['maps."github/ci/**/*.yaml".default[0]', ['maps', 'github/ci/**/*.yaml', 'default', 0]],
    ['"a.b"', ['a.b']],
    ['a.(b.d==cat*).c', ['a', 'b.d==cat*', 'c']],
    ['animals(.==c*)', ['animals', '.==c*']],
    ['a."b"', ['a', 'b']],
    ['', []],
    ['a.', ['a']],
    ['.a', ['', 'a']],
    ['a..b', ['a', '', 'b']],
    ['a.0', ['a', '0']],
    ['a[x]', ['a', 'x']],
    ['a[007]', ['a', 7]],
    ['a["b"]', ['a', '"b"']],
    ['a[0', ['a', 0]],
    ['"a', ['a']],
  ])('%s is parsed as %j', (path, elements) => {
    expect(parsePath(path)).toEqual(elements)
  })

  test.each([
    ['a[0][1]', ['a', 0, '1]']],
    ['"a""b"', ['a', 'b', '']],
    ['"a"xb', ['a', 'b']],
    ['(a==b)(c==d)', ['a==b', 'c==d)']],
  ])('%s loses the character after a closing bracket or quote, like in yq 3', (path, elements) => {
    expect(parsePath(path)).toEqual(elements)
  })

  test('has a prefix pattern only if the star is last', () => {
    expect(matchesText('there*', 'there2')).toBe(true)
    expect(matchesText('there*', 'the')).toBe(false)
    expect(matchesText('th*re', 'there')).toBe(false)
    expect(matchesText('th*re', 'th*re')).toBe(true)
  })

  test('creates a key for a prefix pattern, but nothing for a star or a filter', () => {
    expect(['*', '**', 'a==b'].map((element) => isPattern(element))).toEqual([true, true, true])
    expect(isPattern('ab*')).toBe(false)
  })
})
