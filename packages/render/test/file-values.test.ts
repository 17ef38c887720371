import { join } from 'node:path'

import { evaluate } from '@overlay-render/yq'
import { describe, expect, test } from 'vitest'

import { openWorkspace } from '../src/open-workspace.ts'
import { layTree, readTree, type Tree } from './temporary-tree.ts'

// Template values from files: the whole file, or the value at a path of a YAML file.

const SECRETS = `github:
  token: hunter2-token
  "app id": 12345678901234567890
  users: [{name: ada, password: correct-horse}]
empty:
constructor: inherited-name
`

const tree = (settings: string, files: Tree = {}): Tree => ({
  '.git/HEAD': '',
  'overlays/a/kustomization.yaml':
    'secretGenerator:\n- name: s\n  files: [made.conf]\ngeneratorOptions: {disableNameSuffixHash: true}\n',
  'secrets.yaml': SECRETS,
  'ca.crt': 'the certificate\nof two lines\n',
  'overlay-render.yaml': `version: 1\nsettings:\n  a:\n${settings.replace(/^/gmu, '    ')}\n`,
  ...files,
})

async function render(settings: string, secrets: 'real' | 'stub', files?: Tree): Promise<string> {
  const workspace = await openWorkspace(layTree(tree(settings, files)))
  const { manifests } = await workspace.render('a', { secrets })
  const encoded = evaluate('.data["made.conf"]', Buffer.from(manifests).toString())
  return Buffer.from(encoded, 'base64').toString()
}

const SETTINGS = `values:
  token: {file: secrets.yaml, key: .github.token, stub: no-token}
  id: {file: secrets.yaml, key: '.github["app id"]'}
  password: {file: secrets.yaml, key: '.github.users[0].password'}
  users: {file: secrets.yaml, key: .github.users, stub: [{name: nobody}]}
  odd: {file: secrets.yaml, key: .constructor}
  ca: {file: ca.crt}
templates:
  - {to: made.conf, text: "{{token}} {{id}} {{password}} {{users[0].name}} {{odd}} {{ca}}"}`

test('a file that a template makes from a stub counts as a stub, only with stub secrets', async () => {
  const templates = `templates:
  - {to: made.conf, text: "{{ ca }}"}
  - {to: plain.yaml, text: "kind: ConfigMap\\napiVersion: v1\\nmetadata: {name: '{{ name }}'}\\n"}
values: {ca: {file: ca.crt}, name: cacao}`
  const folder = layTree(
    tree(templates, {
      'overlays/a/kustomization.yaml':
        'resources: [plain.yaml]\nsecretGenerator: [{name: s, files: [made.conf]}]\n',
    }),
  )
  const workspace = await openWorkspace(folder)
  expect((await workspace.render('a', { secrets: 'stub' })).stubbed).toEqual(['overlays/a/made.conf'])
  expect((await workspace.render('a', { secrets: 'real' })).stubbed).toEqual([])
})

describe('a secret file that a template makes from several values', () => {
  test('takes the values from files and from the keys of a YAML file', async () => {
    expect(await render(SETTINGS, 'real')).toBe(
      'hunter2-token 12345678901234567890 correct-horse ada inherited-name the certificate\nof two lines\n',
    )
  })

  test('takes the stubs with stub secrets, whether or not the files exist', async () => {
    const stubs =
      'no-token stub of secrets.yaml .github["app id"] stub of secrets.yaml .github.users[0].password nobody stub of secrets.yaml .constructor stub of ca.crt'
    expect(await render(SETTINGS, 'stub')).toBe(stubs)
    expect(await render(SETTINGS, 'stub', { 'secrets.yaml': 'not: [yaml', 'ca.crt': '-> /nowhere' })).toBe(
      stubs,
    )
  })

  test('is not written to the tree by secrets --write', async () => {
    const folder = layTree(tree(SETTINGS))
    const before = readTree(folder)
    const workspace = await openWorkspace(folder)
    expect(await workspace.secrets('a', { write: true })).toMatchObject([
      { path: 'overlays/a/made.conf', exists: true, templated: true },
    ])
    expect(readTree(folder)).toEqual(before)
  })

  test('cannot be made by secrets --write when a value is missing', async () => {
    const workspace = await openWorkspace(layTree(tree(SETTINGS, { 'secrets.yaml': 'github: {tokne: x}\n' })))
    await expect(workspace.secrets('a', { write: true })).rejects.toMatchObject({ code: 'value-missing' })
    expect(await workspace.secrets('a')).toMatchObject([{ exists: true, templated: true }])
  })
})

const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern)

const template = (value: string): string =>
  `values: {x: ${value}}\ntemplates:\n  - {to: made.conf, text: "{{x}}"}`

test.each([
  [
    '{file: secrets.yaml, key: .github.tokne}',
    'value-missing',
    /\.github has no tokne/u,
    /did you mean token\?/u,
  ],
  [
    '{file: secrets.yaml, key: .gitlab.token}',
    'value-missing',
    /the top has no gitlab/u,
    /did you mean github\?/u,
  ],
  ['{file: secrets.yaml, key: .zzz}', 'value-missing', /the top has no zzz/u, /github, empty, constructor/u],
  ['{file: secrets.yaml, key: .toString}', 'value-missing', /the top has no toString/u, /keys at the top/u],
  ['{file: secrets.yaml, key: .github.token.deeper}', 'value-missing', /has no deeper/u, /nothing is below/u],
  ['{file: secrets.yaml, key: ".github.users[7]"}', 'value-missing', /users has no 7/u, /./u],
  ['{file: secrets.yaml, key: .empty}', 'value-missing', /the top has no empty/u, /./u],
  [
    '{file: nope.yaml, key: .a}',
    'value-missing',
    /nope\.yaml, does not exist/u,
    /relative to the workspace/u,
  ],
  ['{file: bad.yaml, key: .a}', 'value-invalid', /bad\.yaml is not valid YAML, near line \d/u, undefined],
  ['{file: bytes}', 'value-invalid', /bytes is not UTF-8/u, undefined],
  ['{file: /etc/hostname}', 'outside-boundary', /outside/u, /inside/u],
  ['{file: out.yaml, key: .a}', 'outside-boundary', /outside/u, /inside/u],
] as const)('%s is an error at its line that quotes no value', async (value, code, sentence, hint) => {
  const files = { 'bad.yaml': 'a: [hunter2-token', 'out.yaml': '-> /etc/hostname' }
  const folder = layTree(tree(template(value), files))
  const { writeFileSync } = await import('node:fs')
  writeFileSync(join(folder, 'bytes'), Buffer.from([0xff, 0xfe, 0xfd]))
  const workspace = await openWorkspace(folder)
  const fault = await workspace.render('a', { secrets: 'real' }).catch((error: unknown) => error)
  expect(fault).toMatchObject({
    code,
    sentence: expect.stringMatching(sentence),
    position: { file: 'overlay-render.yaml', line: 4 },
    hint: hint === undefined ? undefined : matching(hint),
  })
  expect(JSON.stringify([fault, String(fault)])).not.toMatch(/hunter2|correct-horse/u)
})

test.each([
  ['{file: secrets.yaml, kye: .a}', /unknown key kye/u, /did you mean key\?/u],
  ['{env: A, stbu: x}', /unknown key stbu/u, /did you mean stub\?/u],
  ['{file: secrets.yaml, key: ".a | .b"}', /is not a path/u, /write the keys/u],
  ['{file: secrets.yaml, key: ""}', /is not a path/u, /write the keys/u],
  ['{file: [a]}', /file of the value x is not text/u, undefined],
])('%s is refused when the workspace is opened', async (value, sentence, hint) => {
  const folder = layTree(tree(template(value)))
  await expect(openWorkspace(folder)).rejects.toMatchObject({
    code: 'workspace-config-invalid',
    sentence: expect.stringMatching(sentence),
    position: { line: 4 },
    hint: hint === undefined ? undefined : matching(hint),
  })
})

test('a map with a key env or file and other keys is a literal', async () => {
  const settings =
    'values: {x: {env: production, region: west}}\ntemplates:\n  - {to: made.conf, text: "{{x.region}}"}'
  expect(await render(settings, 'real')).toBe('west')
})

test('errors of the template engine and of kustomize do not quote a value of a file', async () => {
  const said = async (settings: string, files?: Tree): Promise<string> => {
    const workspace = await openWorkspace(layTree(tree(settings, files)))
    const fault = await workspace.render('a', { secrets: 'real' }).catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(Error)
    return JSON.stringify([fault, String(fault)])
  }
  const values = 'values: {x: {file: secrets.yaml, key: .github.token}}\n'
  const engine = `${values}templates:\n  - {to: made.conf, text: "{{ x | int }}{{ x.y.z }}{{ undefined_filter(x) }}"}`
  expect(await said(engine)).not.toContain('hunter2')
  const resource = `${values}templates:\n  - {to: made.conf, text: a}\n  - {to: r.yaml, text: "{{ x }}: [ {{ x }}"}`
  expect(
    await said(resource, {
      'overlays/a/kustomization.yaml':
        'resources: [r.yaml]\nsecretGenerator:\n- name: s\n  files: [made.conf]\n',
    }),
  ).not.toContain('hunter2')
})
