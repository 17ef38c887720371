import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { makeSchema, SCHEMAS, schemaPath } from '../../../scripts/make-schema.js'
import { RenderFault } from '../src/render-fault.ts'
import { readWorkspaceConfig } from '../src/read-workspace-config.ts'

const read = (text: string | undefined) => readWorkspaceConfig(text, { kubevirtShaped: true })

test('a KubeVirt-shaped tree needs no configuration', () => {
  expect(read(undefined)).toMatchObject({
    kustomize: { pin: { program: 'kustomize', version: '4.5.4' }, network: false },
    overlays: [{ text: 'overlays/*', position: undefined }],
    configs: { base: '../files', scripts: 'yq_scripts', print: 'yq', allow: [] },
    secrets: 'real',
    golden: { path: 'golden', layout: 'file' },
  })
})

test('a tree without base configs has no configs', () => {
  expect(readWorkspaceConfig(undefined, { kubevirtShaped: false }).configs).toBeUndefined()
})

test('settings of an overlay are read with their lines', () => {
  const config = read(
    [
      'version: 1',
      'settings:',
      '  testing:',
      '    extends: production',
      '    templates:',
      '      - {text: "{{ ca }}", to: ca.crt}',
      '    values: {admins: [a], ca: {env: MIRROR_CA, stub: none}}',
      '    edits:',
      "      - {file: a.yaml, expression: '.a = 1'}",
    ].join('\n'),
  )
  const settings = config.settings.get('testing')
  expect(settings?.extends).toMatchObject({ overlay: 'production', position: { line: 4 } })
  expect(settings?.templates).toMatchObject([
    { source: { text: '{{ ca }}' }, to: 'ca.crt', position: { line: 6 } },
  ])
  expect(settings?.values.get('admins')).toEqual({ kind: 'literal', value: ['a'] })
  expect(settings?.values.get('ca')).toEqual({ kind: 'environment', name: 'MIRROR_CA', stub: 'none' })
  expect(settings?.edits).toMatchObject([{ file: 'a.yaml', expression: '.a = 1', position: { line: 9 } }])
})

const faults: readonly (readonly [
  name: string,
  text: string,
  line: number,
  column: number,
  sentence: RegExp,
  hint?: RegExp,
])[] = [
  ['a misspelt key', 'version: 1\noverlay: [x]\n', 2, 1, /unknown key overlay/, /overlays/],
  ['a misspelt key further in', 'version: 1\ngolden: {pth: x}\n', 2, 10, /unknown key golden\.pth/, /path/],
  [
    'a misspelt key of an overlay',
    'version: 1\nsettings:\n  a:\n    extend: b\n',
    4,
    5,
    /settings\.a\.extend/,
    /extends/,
  ],
  [
    'a range as pin',
    'version: 1\nkustomize: {version: ^4.5.0}\n',
    2,
    13,
    /exact version such as 4\.5\.4, not/,
  ],
  ['another version', 'version: 2\n', 1, 1, /version must be 1, not 2/],
  ['no version', 'secrets: stub\n', 1, 1, /version is missing/, /version: 1/],
  ['an unknown secret mode', 'version: 1\nsecrets: fake\n', 2, 1, /secrets must be real, stub or/],
  [
    'a template without a source',
    'version: 1\nsettings:\n  a:\n    templates:\n      - to: x\n',
    5,
    9,
    /must be \{from, to\} or \{text, to\}/,
  ],
  ['a duplicate key', 'version: 1\nsecrets: stub\nsecrets: real\n', 3, 1, /not valid YAML.*unique/],
  ['no YAML', 'version: 1\na: [\n', 3, 1, /not valid YAML/],
  [
    'a config outside of configs/',
    'version: 1\nconfigs: {files: [../x.yaml]}\n',
    2,
    19,
    /relative path without \.\./,
  ],
  ['a list', '- 1\n', 1, 1, /must be a map of settings/],
  ['no overlays', 'version: 1\noverlays: []\n', 2, 1, /^overlays is an empty list$/, /remove the key/],
  ['an empty name', 'version: 1\noverlays: [""]\n', 2, 12, /^overlays\[0\] is empty$/, /remove it/],
  ['no list', 'version: 1\noverlays: a\n', 2, 1, /^overlays must be a list, not "a"$/, /overlays: \[a\]/],
  ['no map', 'version: 1\ngolden: a\n', 2, 1, /^golden must be a map, not "a"$/, /path: a/],
  ['no value', 'version: 1\ngolden:\n', 2, 1, /^golden has no value: it must be a map$/, /its keys are path/],
  [
    'half a version',
    'version: 1\nkustomize: {version: 4.5}\n',
    2,
    13,
    /exact version such as 4\.5\.4, not 4\.5$/,
    /kustomize version/,
  ],
  [
    'a number',
    'version: 1\nkustomize: {version: 4.5.4}\nsettings: {a: {extends: 1}}\n',
    3,
    16,
    /must be text, not 1$/,
    /quotes/,
  ],
  [
    'a version alone',
    'version: 1\nkustomize: 5.4.2\n',
    2,
    1,
    /must be a map/,
    /^write kustomize: \{version: 5\.4\.2\}$/,
  ],
  [
    'a folder of goldens alone',
    'version: 1\ngolden: g\n',
    2,
    1,
    /must be a map/,
    /^write golden: \{path: g\}$/,
  ],
  ['a misspelt mode', 'version: 1\nsecrets: Stub\n', 2, 1, /must be real, stub or/, /^did you mean stub\?$/],
  ['another mode', 'version: 1\nsecrets: [a]\n', 2, 1, /must be real, stub or/, /^write secrets: stub, or/],
  [
    'a key of secrets',
    'version: 1\nsecrets: {file: [a]}\n',
    2,
    11,
    /^unknown key secrets\.file/,
    /^did you mean files\?$/,
  ],
  [
    'a map of secrets',
    'version: 1\nsecrets: {files: {a: b}}\n',
    2,
    11,
    /^secrets\.files must be a list/,
    /dash/,
  ],
  [
    'a kind of overlay',
    'version: 1\noverlays: [{path: a, kind: plain}]\n',
    2,
    22,
    /kind must be kustomize or folder, not "plain"/,
  ],
  [
    'a key of an overlay',
    'version: 1\noverlays: [{directory: a}]\n',
    2,
    13,
    /^unknown key overlays\[0\]\.directory/,
    /path, kind, skip, order/,
  ],
  [
    'rules by name',
    'version: 1\nrules: {no-namespace: off}\n',
    2,
    1,
    /^rules must be a list/,
    /with the keys rule, severity, path$/,
  ],
  [
    'a rule alone',
    'version: 1\nrules: [{rule: a}]\n',
    2,
    9,
    /severity is missing$/,
    /^add severity: off, info, warning or error$/,
  ],
  [
    'a level',
    'version: 1\nrules: [{rule: a, level: off}]\n',
    2,
    9,
    /severity is missing$/,
    /^write severity instead of level, which is no key$/,
  ],
  [
    'an edit without a file',
    'version: 1\nsettings: {a: {edits: [{expression: .a}]}}\n',
    2,
    24,
    /file is missing$/,
    /its keys are file, expression/,
  ],
  ['settings of nothing', 'version: 1\nsettings: a\n', 2, 1, /must be a map/, /each overlay below its name/],
  ['a choice', 'version: 1\nconfigs: {print: no}\n', 2, 11, /must be yq or preserve, not "no"$/],
  ['a JSONPath without $', 'version: 1\ngolden: {ignore: [{path: spec}]}\n', 2, 20, /JSONPath/],
]

test.for(faults)('%s is an error at its position', ([, text, line, column, sentence, hint]) => {
  let fault: unknown
  try {
    read(text)
  } catch (error) {
    fault = error
  }
  expect(fault).toBeInstanceOf(RenderFault)
  if (!(fault instanceof RenderFault)) return
  expect(fault.code).toBe('workspace-config-invalid')
  expect(fault.sentence).toMatch(sentence)
  expect(fault.position).toMatchObject({ file: 'overlay-render.yaml', line, column })
  expect(fault.hint ?? '').toMatch(hint ?? /^/)
})

test.each(Object.keys(SCHEMAS))('the JSON Schema %s that ships is the one that validates', async (name) => {
  expect(readFileSync(schemaPath(name), 'utf8')).toBe(await makeSchema(name))
})
