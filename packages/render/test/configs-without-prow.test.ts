import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { evaluate } from '@overlay-render/yq'
import { expect, test } from 'vitest'

import { openWorkspace } from '../src/open-workspace.ts'
import { layTree } from './temporary-tree.ts'

// Runs the README's example of one patched file of a ConfigMap.

const README = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8')

test('a file of a generated ConfigMap is patched for an environment', async () => {
  const files = [...README.matchAll(/```yaml\n# ([\w/.-]+)[^\n]*\n([\s\S]*?)```/gu)]
  const tree = Object.fromEntries(files.map(([, name = '', text = '']) => [name, text]))
  expect(Object.keys(tree)).toHaveLength(4)
  const workspace = await openWorkspace(layTree(tree))
  const { manifests, configs } = await workspace.render('production', { secrets: 'stub' })
  expect(configs).toMatchObject([{ dialect: 'merge', warnings: [] }])
  const printed = Buffer.from(manifests).toString()
  expect(evaluate('.data["application.yaml"]', printed).trimEnd()).toBe(
    'server: {port: 8080, threads: 32}\nroutes:\n  - {name: home, path: /}',
  )
  expect(printed).toMatch(/name: application-[a-z0-9]{10}/u)
})
