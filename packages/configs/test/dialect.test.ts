import { expect, test } from 'vitest'

import { recogniseDialect } from '../src/dialect.ts'

test.each([
  ['.a = 1', 'yq-v4'],
  ['# a comment\n.a = 1\n| .b = 2\n', 'yq-v4'],
  ['', 'yq-v4'],
  ['-1', 'yq-v4'],
  ['[.a, .b]', 'yq-v4'],
  ['[{"a": 1}]', 'yq-v4'],
  ['- command: update\n  path: a\n  value: 1\n', 'yq-v3'],
  ['# a comment\n---\n- command: delete\n  path: a\n', 'yq-v3'],
  ['- {command: update, path: a, value: 1}\n', 'yq-v3'],
  ['- op: add\n  path: /a\n  value: 1\n', 'json-patch'],
  ['[{"op": "remove", "path": "/a"}]\n', 'json-patch'],
])('%j is %s', (script, dialect) => {
  expect(recogniseDialect(script, 's.yaml')).toBe(dialect)
})

test.each(['- a\n- b\n', '- set: a\n  to: b\n', '- \n'])('%j is of no dialect', (script) => {
  expect(() => recogniseDialect(script, 's.yaml')).toThrow(
    expect.objectContaining({ code: 'script-dialect-unknown' }),
  )
})
