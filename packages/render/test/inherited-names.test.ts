import { expect, test } from 'vitest'

import { readWorkspaceConfig } from '../src/read-workspace-config.ts'

// Names of properties that every JavaScript object inherits are ordinary names here.

const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'length',
  '__defineGetter__',
]
const read = (text: string) => readWorkspaceConfig(text, { kubevirtShaped: false })

test.for(NAMES)('an overlay, a value and keys within it may be named %s', (name) => {
  const { settings, prow } = read(
    [
      'version: 1',
      'settings:',
      `  ${name}:`,
      '    extends: base',
      '    values:',
      `      ${name}: {${name}: [{${name}: 1}]}`,
      `      other: {env: ${name}}`,
      `prow: {overlays: {${name}: context}}`,
    ].join('\n'),
  )
  const overlay = settings.get(name)
  expect(overlay?.extends?.overlay).toBe('base')
  expect(overlay?.position).toMatchObject({ line: 3, column: 3 })
  const value = overlay?.values.get(name)
  expect(JSON.stringify(value)).toBe(`{"kind":"literal","value":{"${name}":[{"${name}":1}]}}`)
  expect(overlay?.values.get('other')).toMatchObject({ name })
  expect(prow.overlays.get(name)).toBe('context')
})

test.for(NAMES)('%s is an unknown key where the configuration does not define it', (name) => {
  for (const text of [`${name}: 1`, `golden: {${name}: 1}`, `settings: {a: {${name}: 1}}`]) {
    expect(() => read(`version: 1\n${text}\n`)).toThrow(new RegExp(`unknown key [a-z.]*${name} in`, 'u'))
  }
})

test('an anchor may be used any number of times, and << merges keys', () => {
  const overlays = Array.from({ length: 300 }, (_, index) => `  o${index}: *shared\n`).join('')
  const { settings } = read(
    `version: 1\nsettings:\n  base: &shared\n    values: &values {a: 1, b: 2}\n  own:\n    values: {<<: *values, b: 3}\n${overlays}`,
  )
  expect(settings.size).toBe(302)
  expect(settings.get('o299')?.values.get('a')).toEqual({ kind: 'literal', value: 1 })
  const own = settings.get('own')?.values
  expect([own?.get('a'), own?.get('b'), own?.size]).toEqual([
    { kind: 'literal', value: 1 },
    { kind: 'literal', value: 3 },
    2,
  ])
})

test('aliases that multiply are refused at a limit, and so is an alias of itself', () => {
  const levels = Array.from(
    { length: 30 },
    (_, index) => `  l${index + 1}: &l${index + 1} [*l${index}, *l${index}]\n`,
  )
  const bomb = `version: 1\nsettings: {a: {values: {x: 1}}}\n$schema: &l0 a\nx:\n${levels.join('')}`
  expect(() => read(bomb)).toThrow(/expands to more than 100000 values/)
  expect(() => read('version: 1\nx: &a [*a]\n')).toThrow(/expands to more than|not valid YAML/)
})
