import { expect, test } from 'vitest'

import { renderConfig } from '../src/render-config.ts'
import type { ConfigInput } from '../src/rendered-config.ts'

const BASE = `# Prow's own configuration.

plank:
    timeout:  20m   # wide

    url: 'https://prow'
deck: {lenses: [a, b]}
`

function render(script: string | undefined, options: Partial<ConfigInput> = {}) {
  const rendered = renderConfig({
    path: 'config/config.yaml',
    base: { file: 'files/config.yaml', bytes: Buffer.from(BASE) },
    ...(script === undefined ? {} : { script: { file: 'scripts/config.yaml', bytes: Buffer.from(script) } }),
    ...options,
  })
  return { ...rendered, text: Buffer.from(rendered.bytes).toString() }
}

test('without a script the bytes are those of the base', () => {
  expect(render(undefined)).toMatchObject({
    text: BASE,
    script: undefined,
    dialect: undefined,
    changes: [],
    warnings: [],
  })
})

// The output of yq 4.53.6 for this base and expression.
const YQ4 = `# Prow's own configuration.

plank:
  timeout: 1h # wide
  url: 'https://prow'
deck: {lenses: [a, b]}
`

test('a yq 4 script gives the output of yq 4', () => {
  const { text, dialect, changes } = render('.plank.timeout = "1h"')
  expect(text).toBe(YQ4)
  expect(dialect).toBe('yq-v4')
  expect(changes).toEqual([
    {
      kind: 'replaced',
      path: ['plank', 'timeout'],
      position: { file: 'scripts/config.yaml', line: 1, column: 1 },
    },
  ])
})

test('a script can have CRLF line ends', () => {
  expect(render('.plank.timeout = "1h" |\r\n  .deck = .deck\r\n').text).toBe(YQ4)
})

// yq 3.4.1 differs from yq 4: the comments of the new value replace the old ones.
test('a yq 3 script loses the comments of updated values, like yq 3', () => {
  const { text, dialect, changes } = render('- command: update\n  path: plank.timeout\n  value: 1h\n')
  expect(text).toBe(YQ4.replace(' # wide', ''))
  expect(dialect).toBe('yq-v3')
  expect(changes).toMatchObject([{ kind: 'replaced', path: ['plank', 'timeout'] }])
})

test('a JSON Patch keeps comments', () => {
  const { text, dialect, changes } = render('[{"op": "replace", "path": "/plank/timeout", "value": "1h"}]')
  expect(text).toBe(YQ4)
  expect(dialect).toBe('json-patch')
  expect(changes).toMatchObject([{ kind: 'replaced', path: ['plank', 'timeout'] }])
})

test.each([['.plank.timeout = "1h"'], ['[{"op": "replace", "path": "/plank/timeout", "value": "1h"}]']])(
  'preserve keeps every byte that %s did not change',
  (script) => {
    expect(render(script, { print: 'preserve' }).text).toBe(BASE.replace('20m', '1h'))
  },
)

test('preserve also keeps the bytes for a yq 3 script', () => {
  const script = '- command: update\n  path: plank.url\n  value: https://test\n'
  const { text } = render(script, { print: 'preserve' })
  expect(text).toBe(BASE.replace("'https://prow'", 'https://test'))
})

test.each(['', '# nothing yet\n'])('an empty script %j prints the base like yq', (script) => {
  expect(render(script).text).toBe(YQ4.replace('1h', '20m'))
})

test('a script can use the given capabilities', () => {
  const capabilities = { environment: (name: string) => `value of ${name}` }
  expect(render('.plank.timeout = strenv(TIMEOUT)', { capabilities }).text).toBe(
    YQ4.replace('1h', 'value of TIMEOUT'),
  )
})

test.each([
  ['.plank.timeout.deep = 1', 'script-no-effect', 1, 1],
  ['.plank.a = env(HOME)', 'script-invalid', 1, 12],
  ['.plank.a = load("x")', 'script-invalid', 1, 12],
  ['.plank |\n  .a = (1', 'script-invalid', 2, 8],
  ['- command: explode\n  path: a\n', 'script-invalid', 1, 12],
  ['- one\n- two\n', 'script-dialect-unknown', 1, 1],
])('%j is an error with a position', (script, code, line, column) => {
  expect(() => render(script)).toThrow(
    expect.objectContaining({ code, position: { file: 'scripts/config.yaml', line, column } }),
  )
})

test('a yq 3 command that matches nothing is a warning with a position', () => {
  const script =
    '- command: update\n  path: plank.timeout\n  value: 1h\n- command: delete\n  path: nope.deep\n'
  expect(render(script).warnings).toMatchObject([
    { rule: 'matched-nothing', position: { file: 'scripts/config.yaml', line: 5 } },
  ])
})

test("a merge key that overrides a map's own keys is a warning", () => {
  const base = { file: 'c.yaml', bytes: Buffer.from('a: &a {x: 1}\nb:\n  x: 2\n  <<: *a\n') }
  expect(render('.c = .b.x', { base }).warnings).toMatchObject([{ rule: 'merge-overrides-own-keys' }])
})

test.each([
  ['select(.kind == "none")', '', 'empty'],
  ['.plank.timeout, .plank.url', '20m\nhttps://prow\n', '2 documents'],
])('%s has the output of yq, with a warning', (script, text, what) => {
  const rendered = render(script)
  expect(rendered.text).toBe(text)
  expect(rendered.warnings).toMatchObject([
    {
      rule: 'result-not-one-document',
      message: `the result of the script is ${what}, but must be one document`,
    },
  ])
})

test.each(['.plank.url', '.plank.url == "x"', 'length'])(
  '%s has no map as result, which is an error',
  (script) => {
    expect(() => render(script)).toThrow(expect.objectContaining({ code: 'script-result-invalid' }))
  },
)

test('programs are never run, and the hint names no setting to allow them', () => {
  expect(() => render('.a = system("date")')).toThrow(
    expect.objectContaining({ code: 'script-invalid', hint: 'patch scripts never run programs' }),
  )
})
