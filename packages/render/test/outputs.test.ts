import { readdirSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
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
const places = { guarded: [], shown: (path: string): string => path }

test('the output is ignored by git, and real secrets are readable only by the owner', () => {
  const out = join(layTree({}), 'rendered')
  writeOutputs(
    out,
    {
      overlay: 'testing',
      manifests: Buffer.from('m'),
      configs: [config('config/config.yaml', 'c')],
      secrets: 'real',
    },
    places,
  )
  expect(Object.keys(readTree(out))).toEqual([
    '.gitignore',
    'testing/.overlay-render-output',
    'testing/configs/config/config.yaml',
    'testing/manifests.yaml',
  ])
  expect(readTree(out)['.gitignore']).toMatch(/^\*$/m)
  expect(statSync(join(out, 'testing/manifests.yaml')).mode & 0o777).toBe(0o600)
})

const render = (out: string, ...names: string[]) =>
  writeOutputs(
    out,
    { overlay: 'a', manifests: undefined, configs: names.map((name) => config(name, 'x')), secrets: 'stub' },
    places,
  )
const namesIn = (out: string): string[] => Object.keys(readTree(out)).filter((name) => !name.includes('/.'))

test('configs that are no longer rendered are removed, with the folders that become empty', () => {
  const out = join(layTree({}), 'rendered')
  render(out, 'config/config.yaml', 'plugins/deep/plugins.yaml')
  render(out, 'config/config.yaml')
  expect(namesIn(out)).toEqual(['.gitignore', 'a/configs/config/config.yaml'])
  expect(readdirSync(join(out, 'a/configs'))).toEqual(['config'])
})

test('a config that was changed since is not removed', () => {
  const out = join(layTree({}), 'rendered')
  render(out, 'config/config.yaml', 'plugins/plugins.yaml')
  writeFileSync(join(out, 'a/configs/plugins/plugins.yaml'), 'mine')
  render(out, 'config/config.yaml')
  expect(readTree(out)['a/configs/plugins/plugins.yaml']).toBe('mine')
})

test('an output record that git checked out removes nothing, whatever it names', () => {
  const source = join(layTree({}), 'rendered')
  render(source, 'config/config.yaml', 'plugins/plugins.yaml')
  // git restores contents, but not times.
  const tree = layTree({ ...prefixed('rendered', readTree(source)), 'mine.yaml': 'x' })
  const out = join(tree, 'rendered')
  const record = readTree(out)['a/.overlay-render-output'] ?? ''
  const stamp = record.split('\n')[1]?.split(' ').slice(0, 2).join(' ')
  const lines = ['../../mine.yaml', '/etc/hostname', 'configs/../../../mine.yaml', '../../../mine.yaml']
  writeFileSync(
    join(out, 'a/.overlay-render-output'),
    record + lines.map((at) => `${stamp} ${at}\n`).join(''),
  )
  render(out, 'config/config.yaml')
  expect(readTree(out)['a/configs/plugins/plugins.yaml']).toBe('x')
  expect(readTree(tree)['mine.yaml']).toBe('x')
})

test.for([
  { at: 'rendered', says: /is a link/ },
  { at: 'rendered/a', says: /is a link/ },
  { at: 'rendered/a/configs', says: /is a link/ },
  // Only stale files are in there.
  { at: 'rendered/a/configs/plugins', says: /^written$/ },
])('nothing is removed or written where $at became a link', ({ at, says }) => {
  const tree = layTree({})
  const out = join(tree, 'rendered')
  render(out, 'config/config.yaml', 'plugins/plugins.yaml')
  renameSync(join(tree, at), join(tree, 'elsewhere'))
  symlinkSync(join(tree, 'elsewhere'), join(tree, at))
  const before = readTree(join(tree, 'elsewhere'))
  const again = (): string => {
    const configs = [config('config/config.yaml', 'new')]
    try {
      const content = { overlay: 'a', manifests: undefined, configs, secrets: 'stub' } as const
      writeOutputs(out, content, { ...places, guarded: [tree] })
      return 'written'
    } catch (error) {
      return String(error)
    }
  }
  expect(again()).toMatch(says)
  expect(readTree(join(tree, 'elsewhere'))).toEqual(before)
})

test.for(['../a', 'a/../../b', '/etc', ''])('an overlay named %j is not written', (overlay) => {
  const out = join(layTree({}), 'rendered')
  const content = { overlay, manifests: Buffer.from('m'), configs: [], secrets: 'stub' } as const
  expect(() => writeOutputs(out, content, places)).toThrow(/not a valid name/)
})

const prefixed = (folder: string, tree: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(tree).map(([name, text]) => [`${folder}/${name}`, text]))

test('an output folder with other files keeps them, and its own .gitignore', async () => {
  const out = layTree({ 'a/configs/config/own.yaml': 'mine', '.gitignore': 'mine\n' })
  writeOutputs(
    out,
    { overlay: 'a', manifests: Buffer.from('m'), configs: [config('config/c.yaml', 'x')], secrets: 'stub' },
    places,
  )
  expect(readTree(out)).toMatchObject({
    '.gitignore': 'mine\n',
    'a/configs/config/own.yaml': 'mine',
    'a/configs/config/c.yaml': 'x',
    'a/manifests.yaml': 'm',
  })
  expect(readTree(out)['a/.gitignore']).toMatch(/^\*$/m)
})
