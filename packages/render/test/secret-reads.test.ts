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
  'secrets/broken.yaml': `a: [${CANARY}\n`,
  'base/config.yaml': 'plank: {a: 1}\n',
  'overlays/x/kustomization.yaml': 'resources: [a.yaml]\n',
  'overlays/x/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
  'overlays/x/plain.yaml': 'a: tracked-text\n',
} as const

/** A workspace with a patch script, or an edit, and the fault of rendering it with real secrets. */
async function faultOf(step: string, expression: string, file: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'overlay-render-reads-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const edit = JSON.stringify({ file, expression })
  const settings = step === 'an edit' ? `settings: {x: {edits: [${edit}]}}\n` : ''
  const all: Record<string, string> = {
    ...FILES,
    'overlay-render.yaml': `version: 1\nconfigs: {base: base, files: [config.yaml], allow: [load, env]}\n${settings}`,
    ...(step === 'an edit' ? {} : { 'overlays/x/yq_scripts/config.yaml': expression }),
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

test.each(['a patch script', 'an edit'])(
  '%s that fails after reading a secret says nothing of it',
  async (step) => {
    for (const expression of LEAKS) {
      const said = await faultOf(step, expression, 'a.yaml')
      for (const form of FORMS) expect(said).not.toContain(form)
      expect(said).toContain('what it says is hidden: secrets/')
    }
  },
)

test('nor of the environment, nor of a secret file that is edited', async () => {
  const said = await faultOf('a patch script', 'error(strenv(OVERLAY_RENDER_CANARY))', '')
  expect(said).not.toContain(CANARY)
  expect(said).toContain('OVERLAY_RENDER_CANARY was read before')
  const edited = await faultOf('an edit', 'error(.deep[0].token)', '../../secrets/token.yaml')
  expect(edited).not.toContain(CANARY)
})

test('what git tracks may be quoted', async () => {
  expect(await faultOf('an edit', 'error(load("plain.yaml").a)', 'a.yaml')).toContain('tracked-text')
})
