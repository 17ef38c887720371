import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { openWorkspace } from '../src/index.ts'

const CANARY = 'cAnArY-real-4711'

const FILES = {
  '.gitignore': 'secrets/\n',
  'secrets/token': `${CANARY}\n`,
  'secrets/token.yaml': `deep:\n- {token: "${CANARY}"}\n`,
  'secrets/token.j2': `${CANARY} {% include "${CANARY}" %}\n`,
  'secrets/broken.yaml': `a: [${CANARY}\n`,
  'base/config.yaml': 'plank: {a: 1}\n',
  'overlays/x/kustomization.yaml': 'resources: [a.yaml]\n',
  'overlays/x/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
  'overlays/x/plain.yaml': 'a: tracked-text\n',
} as const

type Step = 'a patch script' | 'an edit' | 'a template'

/**
 * Renders a workspace with real secrets, and returns the fault. The workspace has a patch script, an edit of `file`, or templates;
 * of templates, `file` is the value `token`.
 */
async function faultOf(step: Step, expression: string, file: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'overlay-render-reads-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const edit = JSON.stringify({ file, expression })
  const settings = {
    'an edit': `settings: {x: {edits: [${edit}]}}\n`,
    'a template': `settings: {x: {templates: ${expression}, values: {token: ${file}}}}\n`,
    'a patch script': '',
  }[step]
  const all: Record<string, string> = {
    ...FILES,
    'overlay-render.yaml': `version: 1\nconfigs: {base: base, files: [config.yaml], allow: [load, env]}\n${settings}`,
    ...(step === 'a patch script' ? { 'overlays/x/yq_scripts/config.yaml': expression } : {}),
  }
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  execFileSync('git', ['init', '--quiet', folder])
  process.env['OVERLAY_RENDER_CANARY'] = CANARY
  const workspace = await openWorkspace(folder)
  const failure: unknown = await workspace
    .renderConfigs('x', { secrets: 'real' })
    .then(
      () => workspace.render('x', { secrets: 'real' }),
      (error: unknown) => error,
    )
    .catch((error: unknown) => error)
  if (!(failure instanceof Error)) throw new Error('it does not fail')
  return JSON.stringify(
    [failure, failure.message, String(failure.stack), failure.cause],
    (_, value: unknown) =>
      value instanceof Error
        ? {
            ...value,
            ...Object.fromEntries(
              Object.getOwnPropertyNames(value).map((name) => [name, Reflect.get(value, name)]),
            ),
          }
        : value,
  )
}

const LEAKS = [
  'error(load_str("../../secrets/token"))',
  'error(load_str("../../secrets/token") | @base64)',
  'error(load_str("../../secrets/token") | split("") | join("-"))',
  'error(load("../../secrets/token.yaml").deep[0].token)',
  'load("../../secrets/broken.yaml")',
  'load(load_str("../../secrets/token"))',
  '.a = (load_str("../../secrets/token") | to_number)',
  '.a = load_str("../../secrets/token") - 1',
]

const FORMS = [CANARY, Buffer.from(CANARY).toString('base64').slice(0, 12), CANARY.split('').join('-')]

test.each(['a patch script', 'an edit'] as const)(
  '%s that fails after reading a secret does not show it',
  async (step) => {
    for (const expression of LEAKS) {
      const said = await faultOf(step, expression, 'a.yaml')
      for (const form of FORMS) expect(said).not.toContain(form)
      expect(said).toContain('its message is hidden: secrets/')
    }
  },
)

test('neither a secret of the environment nor one of an edited secret file is shown', async () => {
  const said = await faultOf('a patch script', 'error(strenv(OVERLAY_RENDER_CANARY))', '')
  expect(said).not.toContain(CANARY)
  expect(said).toContain('OVERLAY_RENDER_CANARY is secret and was read before')
  const edited = await faultOf('an edit', 'error(.deep[0].token)', '../../secrets/token.yaml')
  expect(edited).not.toContain(CANARY)
})

/** Templates that put a value, in some form, into an error of the engine. */
const TEMPLATE_LEAKS = [
  '{% include token %}',
  '{% include token|upper %}',
  '{% extends token|lower %}',
  '{% include token[::-1] %}',
  '{% import token|list|join("-") as x %}',
  '{% include token|urlencode %}',
  '{% include token[3:9] %}',
  '{% macro m() %}{% endmacro %}{{ m(**{token: 1}) }}',
  '{{ [1]|sort(**{token|upper: 1}) }}',
  '{{ token|int }}',
]

test.each([
  `{env: OVERLAY_RENDER_CANARY}`,
  `{file: secrets/token}`,
  `{file: secrets/token.yaml, key: '.deep[0].token'}`,
])('a template that fails with a value from %s does not show it', async (value) => {
  for (const text of TEMPLATE_LEAKS) {
    const said = await faultOf('a template', JSON.stringify([{ text, to: 'a.yaml' }]), value)
    for (const piece of ['canary', 'yranac', 'c-a-n', 'a%6e', CANARY.slice(3, 9)]) {
      expect(said.toLowerCase()).not.toContain(piece.toLowerCase())
    }
    expect(said).toContain('render with stub secrets to see the rest')
  }
})

test('a template with secret values: an undefined name and a syntax error are explained', async () => {
  const value = `{env: OVERLAY_RENDER_CANARY}`
  const template = (text: string): string => JSON.stringify([{ text, to: 'a.yaml' }])
  expect(await faultOf('a template', template('{{ nope }}'), value)).toContain(
    'uses nope, which is not defined',
  )
  expect(await faultOf('a template', template('{{ a b }}'), value)).toContain(
    'expected end of variable block',
  )
})

test('a template that is a secret file is not quoted', async () => {
  const said = await faultOf('a template', '[{from: secrets/token.j2, to: a.yaml}]', '1')
  expect(said).not.toContain(CANARY)
  expect(said).toContain('a template that git does not track cannot be rendered')
})

test('the text of a tracked file may be quoted', async () => {
  expect(await faultOf('an edit', 'error(load("plain.yaml").a)', 'a.yaml')).toContain('tracked-text')
})
