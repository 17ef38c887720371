import { statSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { writeOutputs } from '../src/outputs.ts'
import { layTree, readTree } from './temporary-tree.ts'

const config = (path: string, text: string) => ({
  path,
  bytes: Buffer.from(text),
  script: undefined,
  dialect: undefined,
  changes: [],
  warnings: [],
})
const shown = (path: string): string => path

test('a render is kept out of git, and real secrets are for their owner alone', async () => {
  const out = join(layTree({}), 'rendered')
  await writeOutputs(
    out,
    {
      overlay: 'testing',
      manifests: Buffer.from('m'),
      configs: [config('config/config.yaml', 'c')],
      secrets: 'real',
    },
    shown,
  )
  expect(Object.keys(readTree(out))).toEqual([
    '.gitignore',
    'testing/configs/config/config.yaml',
    'testing/manifests.yaml',
  ])
  expect(readTree(out)['.gitignore']).toMatch(/^\*$/m)
  expect(statSync(join(out, 'testing/manifests.yaml')).mode & 0o777).toBe(0o600)
})

test('configs that are no longer made are removed from a folder of ours', async () => {
  const out = join(layTree({}), 'rendered')
  const write = async (...names: string[]) =>
    writeOutputs(
      out,
      {
        overlay: 'a',
        manifests: undefined,
        configs: names.map((name) => config(name, 'x')),
        secrets: 'stub',
      },
      shown,
    )
  await write('config/config.yaml', 'plugins/plugins.yaml')
  await write('config/config.yaml')
  expect(Object.keys(readTree(out))).toEqual(['.gitignore', 'a/configs/config/config.yaml'])
})

test("a folder of somebody else's files keeps them, and its own .gitignore", async () => {
  const out = layTree({ 'a/configs/config/own.yaml': 'mine', '.gitignore': 'mine\n' })
  await writeOutputs(
    out,
    { overlay: 'a', manifests: Buffer.from('m'), configs: [config('config/c.yaml', 'x')], secrets: 'stub' },
    shown,
  )
  expect(readTree(out)).toMatchObject({
    '.gitignore': 'mine\n',
    'a/configs/config/own.yaml': 'mine',
    'a/configs/config/c.yaml': 'x',
    'a/manifests.yaml': 'm',
  })
  expect(readTree(out)['a/.gitignore']).toMatch(/^\*$/m)
})
