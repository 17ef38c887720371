import { Fault } from '@overlay-render/system'
import { expect, test } from 'vitest'

import { openWorkspace } from '../src/open-workspace.ts'
import { layTree } from './temporary-tree.ts'

// Outside of git there are no tracked files: the secret files are those that secretGenerators and secrets.files name.

const BASE = {
  'base/config.yaml': 'a: 1\n',
  'overlays/x/cm.yaml': 'kind: ConfigMap\n',
  'overlays/x/key': 'hunter2',
}

async function outcome(files: Readonly<Record<string, string>>): Promise<Fault | string> {
  const root = layTree({ ...BASE, ...files })
  try {
    const workspace = await openWorkspace(root)
    const { configs } = await workspace.renderConfigs('x', { secrets: 'stub' })
    return Buffer.from(configs[0]?.bytes ?? '').toString()
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
}

const configuration = (more = ''): string =>
  `version: 1\nconfigs: {base: base, files: [config.yaml], allow: [load, env]}\n${more}`
const SCRIPT = { 'overlays/x/yq_scripts/config.yaml': '.a = load_str("key")\n' }

test('a patch script that loads a file of a secretGenerator gets the stub', async () => {
  const kustomization = 'secretGenerator: [{name: s, files: [key]}]\n'
  const files = { 'overlay-render.yaml': configuration(), 'overlays/x/kustomization.yaml': kustomization }
  expect(await outcome({ ...files, ...SCRIPT })).toContain('stub of key')
})

test('a file that secrets.files lists is not read', async () => {
  const files = {
    'overlay-render.yaml': configuration('secrets: {files: [key]}\n'),
    'overlays/x/kustomization.yaml': 'resources: [cm.yaml]\n',
  }
  expect(await outcome({ ...files, ...SCRIPT })).toMatchObject({
    code: 'file-missing',
    message: expect.stringContaining('listed as a secret'),
  })
})

test('a secret that a generated kustomization names after an edit has read it is refused', async () => {
  const root = layTree({
    ...BASE,
    'overlay-render.yaml': `version: 1\nsettings:\n  x:\n    edits:\n    - {file: cm.yaml, expression: '.data.k = load_str("key")'}\n    - {file: kustomization.yaml, expression: '.secretGenerator = [{"name": "s", "files": ["key"]}]'}\n`,
    'overlays/x/kustomization.yaml': 'resources: [cm.yaml]\n',
  })
  const workspace = await openWorkspace(root)
  await expect(workspace.render('x', { secrets: 'stub' })).rejects.toMatchObject({
    code: 'secret-read',
    hint: expect.stringContaining('secrets.files'),
  })
})

test('a script gets the declared stub of a variable, and no other variable', async () => {
  const values = 'settings: {x: {values: {t: {env: TOKEN, stub: "declared"}}}}\n'
  const files = {
    'overlay-render.yaml': configuration(values),
    'overlays/x/kustomization.yaml': 'resources: [cm.yaml]\n',
  }
  const script = (name: string) => ({ 'overlays/x/yq_scripts/config.yaml': `.a = strenv(${name})\n` })
  expect(await outcome({ ...files, ...script('TOKEN') })).toContain('a: declared')
  expect(await outcome({ ...files, ...script('PATH') })).toMatchObject({ code: 'environment-refused' })
})
