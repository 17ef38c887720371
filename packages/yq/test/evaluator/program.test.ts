import { describe, expect, test } from 'vitest'
import { compile, type RunOptions } from '../../src/compile.ts'
import { evaluate } from '../../src/evaluate.ts'
import type { Warning } from '../../src/evaluator/warning.ts'
import { printResults } from '../../src/printer/print.ts'
import { readDocuments } from '../../src/reader/read.ts'
import { documentOf, pathOf } from '../../src/tree/path.ts'

function warningsOf(expression: string, yaml: string): Warning[] {
  const warnings: Warning[] = []
  evaluate(expression, yaml, { onWarning: (warning) => warnings.push(warning) })
  return warnings
}

describe('a program', () => {
  test('is compiled once and runs on many documents', () => {
    const program = compile('.a as $x | .b = $x')
    const run = (yaml: string): string => printResults(program.run(readDocuments(yaml)))
    expect(run('a: 1')).toBe('a: 1\nb: 1\n')
    expect(run('a: 2')).toBe('a: 2\nb: 2\n')
  })

  test('keeps its literals when a result is changed', () => {
    const program = compile('"x"')
    for (const result of program.run([])) result.value = 'y'
    expect(program.run([])[0]?.value).toBe('x')
  })

  test('runs on each document, or on all together', () => {
    const yaml = 'a: 1\n---\na: 2\n'
    expect(evaluate('[.a] | length', yaml)).toBe('1\n1\n')
    expect(evaluate('[.a] | length', yaml, { mode: 'together' })).toBe('2\n')
  })

  test('runs on an empty null when there is no document', () => {
    expect(evaluate('.a.b = 1', '')).toBe('a:\n  b: 1\n')
  })

  test('sees the given variables', () => {
    const name = compile('"eu"').run([])
    expect(evaluate('.region = $name', 'a: 1', { variables: { name } })).toBe('a: 1\nregion: eu\n')
  })

  test('returns results with path, tag and document', () => {
    const documents = readDocuments('a: 1\n---\nb: [x, y]\n', { fileName: 'in.yaml' })
    const [result] = compile('.b[1]').run(documents.slice(1))
    if (result === undefined) throw new Error('no result')
    expect(pathOf(result)).toEqual(['b', 1])
    expect(result.tag).toBe('!!str')
    expect(documentOf(result)).toMatchObject({ index: 1, fileName: 'in.yaml' })
  })

  test('throws faults with a position in the expression', () => {
    expect(() => evaluate('.a = 1 |\n.b | . + {}', 'b: 1')).toThrow(/^expression:2:6: /)
  })
})

describe('capabilities', () => {
  const refused: readonly (readonly [expression: string, sentence: string])[] = [
    ['env(HOME)', 'env operations have been disabled'],
    ['strenv(HOME)', 'env operations have been disabled'],
    ['"$HOME" | envsubst', 'env operations have been disabled'],
    ['load("x")', 'file operations have been disabled'],
    ['load_str("x")', 'file operations have been disabled'],
    ['system("ls")', 'system operations are disabled, use --security-enable-system-operator to enable'],
  ]

  test.each(refused)('%s needs a capability', (expression, sentence) => {
    expect(() => evaluate(expression, 'a: 1')).toThrow(
      expect.objectContaining({ code: 'capability-refused', yqMessage: sentence }),
    )
  })

  test('are passed by the caller', () => {
    const capabilities: RunOptions['capabilities'] = {
      environment: (name) => (name === 'NAME' ? 'a: [1]' : undefined),
      readFile: () => Buffer.from('x: 1 # c\n'),
      now: () => new Date(Date.UTC(2024, 1, 29, 12)),
      random: () => 0,
      timeZone: 'UTC',
      runProgram: (program, parameters, input) => `${program} ${parameters.join(' ')} ${input}\n`,
    }
    const run = (expression: string): string => evaluate(expression, 'q: [1, 2, 3]', { capabilities })
    expect(run('env(NAME)')).toBe('a: [1]\n')
    expect(run('strenv(NAME) | tag')).toBe('!!str\n')
    expect(run('load("any")')).toBe('x: 1 # c\n')
    expect(run('now')).toBe('2024-02-29T12:00:00Z\n')
    expect(run('.q | shuffle')).toBe('[2, 3, 1]\n')
    expect(run('.q[0] | system("cat"; ["-n"])')).toBe('cat -n 1\n')
  })
})

test('a fault does not show an environment value that is not YAML', () => {
  const secret = 'hunter2: ['
  const run = (): string => evaluate('env(PASSWORD)', 'a: 1', { capabilities: { environment: () => secret } })
  expect(run).toThrow(/the value of the environment variable PASSWORD is not YAML$/)
  expect(run).toThrow(
    expect.objectContaining({
      source: 'env(PASSWORD)',
      cause: expect.objectContaining({ source: undefined }),
    }),
  )
})

describe('a warning', () => {
  test('reports an assignment without effect, whose path leads into a scalar', () => {
    const [warning, ...more] = warningsOf('.x = 1 | .a.b = 2', 'a: text')
    expect(more).toEqual([])
    expect(warning).toMatchObject({
      code: 'assign-into-scalar',
      position: { file: 'expression', line: 1, column: 10 },
      width: 8,
      path: ['a'],
    })
  })

  test.each([['.a.b |= 2'], ['.a.b += 2'], ['.a[0] = 2'], ['.a.b style="double"'], ['with(.a.b; . = 1)']])(
    'also reports %s',
    (expression) => {
      expect(warningsOf(expression, 'a: text').map(({ code }) => code)).toEqual(['assign-into-scalar'])
    },
  )

  test.each([
    ['.a.b'],
    ['.[].b = 2'],
    ['select(.a.b == 1) | .c = 2'],
    ['.a.b? = 2'],
    ['.c.d = 2'],
    ['del(.a.b)'],
    ['.[] |= (.b = 2)'],
  ])('does not report %s', (expression) => {
    expect(warningsOf(expression, 'a: text\nm: {}\n')).toEqual([])
  })

  test('reports overriding merge keys once', () => {
    const yaml = 'b: &b {x: 1}\nm: {x: 2, <<: *b}\n'
    expect(warningsOf('.m.x, .m.x', yaml).map(({ code }) => code)).toEqual(['merge-overrides-own-keys'])
    expect(evaluate('.m.x', yaml, { settings: { mergeToSpecification: true } })).toBe('2\n')
  })

  test('reports an interpolation without closing bracket', () => {
    expect(warningsOf('"\\(.a"', 'a: 1').map(({ code }) => code)).toEqual(['interpolation-unclosed'])
  })
})

function faultOf(expression: string, yaml: string): unknown {
  try {
    return compile(expression).run(readDocuments(yaml))
  } catch (error) {
    return error
  }
}

describe('limits', () => {
  const aliases = Array.from({ length: 11 }, (_, level) =>
    level === 0 ? 'a0: &a0 [x, x]' : `a${level}: &a${level} [${`*a${level - 1}, `.repeat(9)}]`,
  ).join('\n')
  const merges = Array.from({ length: 11 }, (_, level) =>
    level === 0 ? 'a0: &a0 {x: 1}' : `a${level}: &a${level} {<<: [${`*a${level - 1}, `.repeat(9)}]}`,
  ).join('\n')

  test.each([
    ['an index far after the end', '.[1000000000] = 1', '[]'],
    ['a long repetition', '"abc" * 10000000', ''],
    ['aliases that multiply', 'explode(.)', aliases],
    ['merges that multiply', '.a10.x', merges],
    ['a map that merges itself', '.a.b', 'a: &a {<<: *a}'],
    ['a list of all levels of a deep document', '[..]', '['.repeat(9990) + ']'.repeat(9990)],
    ['the paths of all levels of a deep document', '.. | path', '['.repeat(9990) + ']'.repeat(9990)],
    ['merges at all levels of a deep document', '.. + [1]', '['.repeat(9990) + ']'.repeat(9990)],
    ['more characters than a string can have', '"x"' + ' | . + .'.repeat(40), ''],
    ['an expression that evaluates itself', 'eval(.x)', 'x: eval(.x)'],
    ['an expression with too many nested levels', '1 + '.repeat(5000) + '1', ''],
  ])('%s is an error', (_, expression, yaml) => {
    expect(() => evaluate(expression, yaml)).toThrow(expect.objectContaining({ code: 'limit-exceeded' }))
  })

  test.each([
    ['.. |= .'],
    ['... style=""'],
    ['explode(.)'],
    ['. * .'],
    ['. *d .'],
    ['. - .'],
    ['contains(.)'],
    ['[.] | unique'],
    ['flatten'],
    ['{"a": .} | .a'],
    ['. as $x | $x'],
    ['. = [.]'],
    ['@json'],
    ['[.. | select(. == 1)]'],
  ])('%s works on a document 9,990 levels deep', (expression) => {
    const yaml = '['.repeat(9990) + ']'.repeat(9990)
    expect(evaluate(expression, yaml).length).toBeGreaterThan(0)
  })

  test.each([
    ['1 + ', ''],
    ['true and ', ''],
    ['select(', ')'],
    ['map(', ')'],
    ['with(.; ', ')'],
    ['[', ']'],
    ['sort_by(', ')'],
    ['. as $x | ', ''],
    ['. as $x ireduce (.; ', ')'],
  ])('%s…%s can be nested 200 times, and never overflows the stack', (open, close) => {
    const nested = (depth: number): string => `${open.repeat(depth)}.${close.repeat(depth)}`
    const lists = '['.repeat(1000) + ']'.repeat(1000)
    for (const yaml of ['', '{}', 'a: 1', lists]) {
      expect(faultOf(nested(5000), yaml)).not.toBeInstanceOf(RangeError)
      expect(faultOf(nested(200), yaml)).not.toMatchObject({ code: 'limit-exceeded' })
    }
  })

  test('a script can have thousands of steps', () => {
    const steps = Array.from({ length: 5000 }, (_, step) => `.k${step} = ${step}`)
    expect(evaluate(`${steps.join(' | ')} | .k4999`, '')).toBe('4999\n')
    expect(evaluate(`[${steps.map((_, step) => step).join(', ')}] | length`, '')).toBe('5000\n')
  })
})
