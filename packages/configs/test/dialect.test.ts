import { describe, expect, test } from 'vitest'

import { recogniseDialect } from '../src/dialect.ts'
import { renderConfig } from '../src/render-config.ts'

const ITEM = 'command: update\n  path: a\n  value: 1\n'
const LIST = `- ${ITEM}`

describe('the dialect of a script is recognised', () => {
  test.each([
    ['.a = 1', 'yq-v4'],
    ['# a comment\n.a = 1\n| .b = 2\n', 'yq-v4'],
    ['-1', 'yq-v4'],
    ['[.a, .b]', 'yq-v4'],
    ['[{"a": 1}]', 'yq-v4'],
    ['{"a": .b}', 'yq-v4'],
    ['[.[] | select(.a == "b")]', 'yq-v4'],
    ['.a |= ["x",', 'yq-v4'],
    [LIST, 'yq-v3'],
    ['# a comment\n---\n- command: delete\n  path: a\n', 'yq-v3'],
    ['- {command: update, path: a, value: 1}\n', 'yq-v3'],
    ['[{command: update, path: a, value: 1}]\n', 'yq-v3'],
    [`  - ${ITEM.replaceAll('\n', '\n  ')}`, 'yq-v3'],
    [`--- # comment\n${LIST}`, 'yq-v3'],
    [`\ufeff${LIST}`, 'yq-v3'],
    [`%YAML 1.1\n---\n${LIST}`, 'yq-v3'],
    [`--- !!seq\n${LIST}`, 'yq-v3'],
    [`&commands\n${LIST}`, 'yq-v3'],
    [`# a comment\n${LIST}`.replaceAll('\n', '\r'), 'yq-v3'],
    [`# a comment\n${LIST}`.replaceAll('\n', '\r\n'), 'yq-v3'],
    ['- &c {command: delete, path: a}\n- *c\n', 'yq-v3'],
    ['- <<: {command: delete, path: a}\n', 'yq-v3'],
    ['- op: add\n  path: /a\n  value: 1\n', 'json-patch'],
    ['[{"op": "remove", "path": "/a"}]\n', 'json-patch'],
  ])('%j is %s', (script, dialect) => {
    expect(recogniseDialect(script, 's.yaml')).toEqual({ dialect, isGuess: false })
  })

  test.each(['', '# only a comment\n', '---\n', '\n\n'])('%j is a guess', (script) => {
    expect(recogniseDialect(script, 's.yaml')).toEqual({ dialect: 'yq-v4', isGuess: true })
  })

  test.each(['- a\n- b\n', '- set: a\n  to: b\n', '- \n', '[]', '~\n', 'null', '--- []\n'])(
    '%j is ambiguous or has no dialect',
    (script) => {
      expect(() => recogniseDialect(script, 's.yaml')).toThrow(
        expect.objectContaining({ code: 'script-dialect-unknown' }),
      )
    },
  )

  test('an alias bomb is visited in linear time', () => {
    const levels = Array.from({ length: 40 }, (_, index) => `- &a${index + 1} [*a${index}, *a${index}]\n`)
    expect(recogniseDialect(`- &a0 {command: delete, path: a}\n${levels.join('')}`, 's')).toMatchObject({
      dialect: 'yq-v3',
    })
  })
})

describe('a declared dialect', () => {
  const render = (script: string, dialect?: 'yq-v3' | 'yq-v4' | 'json-patch') =>
    renderConfig({
      path: 'config/config.yaml',
      base: { file: 'base', bytes: Buffer.from('a:   1\n') },
      script: { file: 's', bytes: Buffer.from(script) },
      dialect,
    })

  test.each([
    ['[]', 'yq-v3', 'a: 1\n'],
    ['~', 'yq-v3', 'a: 1\n'],
    ['null', 'yq-v3', 'a: 1\n'],
    ['', 'yq-v3', 'a: 1\n'],
    ['[]', 'json-patch', 'a: 1\n'],
    ['[]', 'yq-v4', '[]\n'],
  ] as const)('applies to %j: %s', (script, dialect, text) => {
    const rendered = render(script, dialect)
    expect(Buffer.from(rendered.bytes).toString()).toBe(text)
    expect(rendered.warnings.filter(({ rule }) => rule === 'dialect-guessed')).toEqual([])
  })

  test('is suggested if the dialect of an empty script was guessed', () => {
    expect(render('# nothing\n').warnings).toEqual([
      {
        rule: 'dialect-guessed',
        severity: 'warning',
        message: 'the patch script is empty, and was read as yq-v4, which prints the base unchanged',
        position: { file: 's', line: 1, column: 1 },
        hint: 'set configs.dialect in overlay-render.yaml to yq-v4, yq-v3, json-patch or merge, or remove the script to have the base copied',
      },
    ])
  })
})
