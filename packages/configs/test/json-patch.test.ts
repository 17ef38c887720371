import { printNode, readDocuments } from '@overlay-render/yq'
import { expect, test } from 'vitest'

import { applyJsonPatch } from '../src/json-patch.ts'

function patch(base: string, script: string): string {
  const [root] = readDocuments(base)
  if (root === undefined) throw new Error('no document')
  return printNode(applyJsonPatch(root, script, 'config.yaml').root)
}

const BASE = `# the head
plank: # the controller
  # how jobs are shown
  url: 'https://prow' # a link
  timeout: 20m

lists:
  # first
  - a # is a
  # second
  - b
jobs:
  # one job
  - name: x # the name
    env: {A: "1"}
  - name: y
`

test.each([
  [
    'a value is replaced, and keeps its comments and quotes',
    '[{"op": "replace", "path": "/plank/url", "value": "https://test"}]',
    (base: string) => base.replace("'https://prow'", "'https://test'"),
  ],
  [
    'a key is added at the end',
    '- {op: add, path: /plank/new, value: {deep: [1]}}',
    (base: string) => base.replace('  timeout: 20m\n', '  timeout: 20m\n  new:\n    deep:\n      - 1\n'),
  ],
  [
    'a key is removed with its comments',
    '- {op: remove, path: /plank/url}',
    (base: string) => base.replace("  # how jobs are shown\n  url: 'https://prow' # a link\n", ''),
  ],
  [
    'items keep their comments after an insertion before them',
    '- {op: add, path: /lists/0, value: z}',
    (base: string) => base.replace('lists:\n', 'lists:\n  - z\n'),
  ],
  [
    'an item is removed with its comments',
    '- {op: remove, path: /lists/0}',
    (base: string) => base.replace('  # first\n  - a # is a\n', ''),
  ],
  [
    'a map moves with its comments',
    '- {op: move, from: /jobs/0, path: /jobs/1}',
    (base: string) =>
      base.replace(
        '  # one job\n  - name: x # the name\n    env: {A: "1"}\n  - name: y\n',
        '  - name: y\n  # one job\n  - name: x # the name\n    env: {A: "1"}\n',
      ),
  ],
  ['a passed test changes nothing', '- {op: test, path: /jobs/1/name, value: y}', (base: string) => base],
  [
    'a string is replaced by a number',
    '- {op: replace, path: /plank/timeout, value: 3}',
    (base: string) => base.replace('20m', '3'),
  ],
])('%s', (_name, script, change) => {
  // yq does not keep the blank line.
  expect(patch(BASE, script)).toBe(change(BASE).replace('\n\nlists', '\nlists'))
})

test.each([
  ['a failed test', '- {op: test, path: /plank/timeout, value: 1h}', 'operation-failed', 1, 3],
  [
    'a missing path',
    '- {op: test, path: /jobs/1/name, value: y}\n- {op: remove, path: /plank/nope}',
    'operation-failed',
    2,
    3,
  ],
  ['an unknown operation', '- {op: set, path: /plank, value: 1}', 'script-invalid', 1, 3],
  ['an operation without a value', '- {op: add, path: /plank}', 'script-invalid', 1, 3],
])('%s is an error at the operation', (_name, script, code, line, column) => {
  expect(() => patch(BASE, script)).toThrow(
    expect.objectContaining({ code, position: { file: 'config.yaml', line, column } }),
  )
})

/** Names of properties that JavaScript objects inherit. */
const INHERITED = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'length']

test.each(INHERITED)('%s is a normal key', (name) => {
  expect(
    patch('a: 1\n', `[{op: add, path: /${name}, value: {x: 1}}, {op: add, path: /${name}/y, value: 2}]`),
  ).toBe(`a: 1\n${name}:\n  x: 1\n  y: 2\n`)
  expect(
    patch(`${name}: {x: 1}\nb: 2\n`, `[{op: copy, from: /${name}, path: /c}, {op: remove, path: /${name}}]`),
  ).toBe('b: 2\nc:\n  x: 1\n')
  expect(
    patch(
      `${name}: {x: 1}\n`,
      `[{op: test, path: /${name}/x, value: 1}, {op: move, from: /${name}/x, path: /d}]`,
    ),
  ).toBe(`${name}: {}\nd: 1\n`)
  for (const operation of [
    `{op: copy, from: /${name}, path: /b}`,
    `{op: move, from: /a/${name}, path: /b}`,
    `{op: remove, path: /${name}}`,
    `{op: replace, path: /a/${name}, value: 1}`,
    `{op: test, path: /${name}, value: null}`,
    `{op: add, path: /${name}/x, value: 1}`,
    `{op: add, path: /l/${name}, value: 1}`,
  ]) {
    expect(() => patch('a: {x: 1}\nl: [1]\n', `[${operation}]`)).toThrow(
      /cannot be applied: (?:there is no|"\w+" is not an index)/,
    )
  }
})

test.each([
  ['{op: add, path: a, value: 1}', '"a" does not start with "/"'],
  ['{op: add, path: /a~2, value: 1}', '"~" in "/a~2" is not followed by 0 or 1'],
  ['{op: add, path: /l/01, value: 1}', '"01" is not an index of a list of 2 items, nor "-" for its end'],
  ['{op: add, path: /l/3, value: 1}', '"3" is not an index of a list of 2 items, nor "-" for its end'],
  ['{op: remove, path: /l/-, value: 1}', 'there is no item "-" in the list /l'],
  ['{op: remove, path: /l/1e0}', 'there is no item "1e0" in the list /l'],
  ['{op: replace, path: /m/x, value: 1}', 'there is no key "x" in the map /m'],
  ['{op: add, path: /a/b, value: 1}', '/a is neither a map nor a list'],
  ['{op: move, from: /m, path: /m/x}', '/m cannot be moved into itself'],
  ['{op: test, path: /a, value: 2}', 'the value there is different'],
])('%s is an error', (operation, reason) => {
  expect(() => patch('a: 1\nl: [1, 2]\nm: {k: 1}\n', `[${operation}]`)).toThrow(
    `cannot be applied: ${reason}`,
  )
})

const DEEP = `${'{"a": '.repeat(9_900)}1${'}'.repeat(9_900)}`

test('a document of nearly 10,000 levels is patched, copied and compared', () => {
  const script = `[{"op": "add", "path": "/b", "value": 1}, {"op": "copy", "from": "/a", "path": "/c"}, {"op": "test", "path": "/c", "value": ${DEEP.slice(6, -1)}}]`
  expect(patch(DEEP, script)).toContain('c:')
})

test('copies of copies are limited', () => {
  const copies = Array.from({ length: 40 }, (_, index) => `{op: copy, from: "", path: /a${index}}`)
  expect(() => patch('a: 1\n', `[${copies.join(', ')}]`)).toThrow(/would make more than \d+ values/)
})

test('alias bombs in the script or in the base are limited', () => {
  const levels = Array.from({ length: 40 }, (_, index) => `&a${index + 1} [*a${index}, *a${index}]`)
  const bomb = `[&a0 [x], ${levels.join(', ')}]`
  expect(() => patch('a: 1\n', `[{op: add, path: /b, value: ${bomb}}]`)).toThrow(
    /would make more than \d+ values/,
  )
  expect(() => patch(`a: ${bomb}\n`, '[{op: add, path: /b, value: 1}]')).toThrow(
    /would make more than \d+ values/,
  )
})
