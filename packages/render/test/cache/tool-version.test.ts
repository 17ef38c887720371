import { createRequire } from 'node:module'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { packageVersions } from '../../src/cache/tool-version.ts'
import { layTree } from '../temporary-tree.ts'

const manifest = (version: string, dependencies: Readonly<Record<string, string>> = {}): string =>
  JSON.stringify({ version, dependencies })

test('another version of any package that decides bytes is another tool, also of one that is installed below another', () => {
  const files: Readonly<Record<string, string>> = {
    'node_modules/@overlay-render/render/package.json': manifest('1.0.0', {
      '@overlay-render/yq': '^1.0.0',
      'minijinja-js': '^2.0.0',
    }),
    'node_modules/@overlay-render/yq/package.json': manifest('1.0.0', { re2js: '^1.0.0' }),
    'node_modules/@overlay-render/yq/node_modules/re2js/package.json': manifest('1.0.0', { other: '^1.0.0' }),
    'node_modules/minijinja-js/package.json': manifest('2.0.0'),
  }
  const versionsIn = (tree: Readonly<Record<string, string>>): string =>
    packageVersions(createRequire(join(layTree(tree), 'index.js')))
  const before = versionsIn(files)
  expect(before.split(' ').every((part) => /@\d\.0\.0$/u.test(part))).toBe(true)
  const others = Object.entries(files).map(([path, text]) =>
    versionsIn({ ...files, [path]: text.replace(/"version":"(\d)\.0\.0"/u, '"version":"$1.0.1"') }),
  )
  expect(new Set([before, ...others]).size).toBe(Object.keys(files).length + 1)
  expect(versionsIn(files)).toBe(before)
})

test('no package of the project is missing from the version of the tool', () => {
  expect(packageVersions(createRequire(import.meta.url))).not.toContain('@none')
})
