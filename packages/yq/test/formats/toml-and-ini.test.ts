import { expect, test } from 'vitest'

import { DEFAULT_PREFERENCES, formatNamed, readInput, ResultWriter, YqFault } from '../../src/index.ts'

function convert(from: string, to: string, text: string): string {
  const encoder = formatNamed(to).makeEncoder?.({
    indent: 2,
    unwrapScalar: true,
    preferences: DEFAULT_PREFERENCES,
  })
  if (encoder === undefined) throw new Error(`${to} cannot be written`)
  let output = ''
  const writer = new ResultWriter({ encoder, mergeToSpecification: false, write: (part) => (output += part) })
  const source = { fileName: 'one', fileIndex: 0, headerPreprocess: true }
  writer.print([...readInput(formatNamed(from), Buffer.from(text), source, DEFAULT_PREFERENCES)])
  return output
}

function faultOf(work: () => void): YqFault {
  try {
    work()
  } catch (error) {
    if (error instanceof YqFault) return error
    throw error
  }
  throw new Error('there was no fault')
}

test('TOML has the nesting limit of go-toml', () => {
  const nested = (depth: number): string => `a = ${'['.repeat(depth)}${']'.repeat(depth)}\n`
  expect(convert('toml', 'toml', nested(10_000))).toBe(nested(10_000))
  expect(faultOf(() => convert('toml', 'toml', nested(10_001))).sentence).toContain('10000 levels deep')
})

test('deep YAML becomes TOML without a stack overflow', () => {
  const depth = 5_000
  expect(convert('yaml', 'toml', `a: ${'['.repeat(depth)}1${']'.repeat(depth)}\n`)).toHaveLength(
    2 * depth + 6,
  )
  expect(convert('yaml', 'toml', `${'{a: '.repeat(depth)}1${'}'.repeat(depth)}\n`)).toContain('\na = 1\n')
})

test('thousands of keys and tables are read', () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => `k${index} = ${index}\n`).join('')
  expect(convert('toml', 'toml', lines)).toBe(lines)
  const tables = Array.from({ length: 5_000 }, (_, index) => `[[x]]\nk = ${index}\n`).join('')
  expect(convert('toml', 'toml', tables)).toBe(tables)
})

test('names of Object.prototype are normal keys', () => {
  const toml = '__proto__ = 1\nconstructor = { toString = 2 }\n'
  expect(convert('toml', 'toml', toml)).toBe(toml)
  expect(convert('ini', 'json', '__proto__ = 1\n[constructor]\ntoString = %(__proto__)s\n')).toBe(
    '{\n  "__proto__": "1",\n  "constructor": {\n    "toString": "1"\n  }\n}\n',
  )
})

test.each([
  ['toml', 'a = 1\nb = [1,\n  x]\n', 3, 3],
  ['toml', 'a = "x\n', 1, 7],
  ['toml', 'a = 1 2\n', 1, 7],
  ['ini', 'a = 1\nno sign\n', 2, 1],
  ['ini', '[open\n', 1, 1],
])('a fault of %s has a position: %j', (format, text, line, column) => {
  expect(faultOf(() => convert(format, 'yaml', text)).position).toEqual({ file: 'one', line, column })
})

test('an INI value that doubles itself is an error', () => {
  expect(faultOf(() => convert('ini', 'yaml', 'a = %(a)s%(a)s\n')).code).toBe('limit-exceeded')
})
