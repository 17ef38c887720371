import { expect, test } from 'vitest'

import { resolveValues } from '../src/templates/resolve-values.ts'
import { startTemplateEngine } from '../src/templates/template-engine.ts'

const render = async (source: string, values: Record<string, unknown> = {}): Promise<string> =>
  (await startTemplateEngine()).render(source, 'rbac.yaml', values)

// The second column is the output of Ansible's template module (Jinja2 with trim_blocks).
test.each([
  ['a: {{ user }}\n', 'a: ada\n'],
  ['list:\n{% for u in users %}\n  - {{ u }}\n{% endfor %}\nend\n', 'list:\n  - ada\n  - grace\nend\n'],
  ['{{ html }}\n', '<b>"&\'\n'],
  ['{% if admin %}\nyes\n{% else %}\nno\n{% endif %}', 'yes\n'],
  ['no final line end', 'no final line end'],
  ['{{ missing | default("pass") }}\n', 'pass\n'],
  ['{% raw %}{{ .Spec.Refs }}{% endraw %}\n', '{{ .Spec.Refs }}'],
  ['  {% if admin %}\n  x\n  {% endif %}\n', '    x\n  '],
])('%j renders as Ansible would', async (source, expected) => {
  const values = { user: 'ada', users: ['ada', 'grace'], html: '<b>"&\'', admin: true }
  expect(await render(source, values)).toBe(expected)
})

test('an undefined value is an error at its position', async () => {
  await expect(render('a: 1\nb: {{ prowAdmin }}\n', { prowAdmins: [] })).rejects.toMatchObject({
    code: 'template-invalid',
    sentence: 'the template rbac.yaml uses prowAdmin, which is not defined',
    position: { file: 'rbac.yaml', line: 2, column: 7 },
    hint: expect.stringContaining('prowAdmins'),
  })
})

test.each([
  ['a: {{ x\n', /cannot be rendered: syntax error/],
  ['{% include "/etc/passwd" %}', /cannot be rendered: template not found/],
  ['{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}', /ran out of fuel/],
])('%j is an error', async (source, sentence) => {
  await expect(render(source)).rejects.toThrow(sentence)
})

const values = new Map([
  ['plain', { kind: 'literal', value: 1 }],
  ['token', { kind: 'environment', name: 'TOKEN', stub: undefined }],
  ['ca', { kind: 'environment', name: 'CA', stub: 'a stub' }],
] as const)

const unread = (): never => {
  throw new Error('a file was read')
}

test('values from the environment count as secrets', () => {
  const environment = (name: string): string => `real ${name}`
  expect(resolveValues(values, { secrets: 'real', environment, readFile: unread })).toEqual({
    values: { plain: 1, token: 'real TOKEN', ca: 'real CA' },
    secrets: ['real TOKEN', 'real CA'],
    stubbed: new Set(),
  })
})

test('in stub mode the environment is not read', () => {
  const environment = (): never => {
    throw new Error('the environment was read')
  }
  expect(resolveValues(values, { secrets: 'stub', environment, readFile: unread })).toEqual({
    values: { plain: 1, token: 'stub of $TOKEN', ca: 'a stub' },
    secrets: [],
    stubbed: new Set(['token', 'ca']),
  })
})

test('every variable that is not set is listed', () => {
  expect(() =>
    resolveValues(values, { secrets: 'real', environment: () => undefined, readFile: unread }),
  ).toThrow(
    expect.objectContaining({
      code: 'value-missing',
      details: [expect.stringContaining('TOKEN'), expect.stringContaining('CA')],
    }),
  )
})
