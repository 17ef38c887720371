import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { rolldown } from 'rolldown'
import { expect, test } from 'vitest'

import { build } from '../scripts/build.js'
import { root } from './support/oracles.ts'

// The first code block of each package's README runs as it is written.

test.each(['system', 'yq', 'configs', 'kustomize', 'golden', 'prow', 'render'])(
  'the first code of packages/%s/README.md runs',
  async (name) => {
    const readme = readFileSync(join(root, 'packages', name, 'README.md'), 'utf8')
    const code = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
    expect(code.trim().split('\n').length).toBeGreaterThanOrEqual(3)
    // Inside the package, so that its dependencies are found.
    const folder = mkdtempSync(join(root, 'packages', name, '.readme-'))
    try {
      const entry = join(folder, 'entry.ts')
      writeFileSync(entry, code)
      const bundler = await rolldown({
        input: entry,
        platform: 'node',
        external: ['minijinja-js', /^kustomize(\/|$)/],
        logLevel: 'silent',
        resolve: {
          conditionNames: ['@overlay-render/source', 'node', 'import', 'default'],
          alias: { [`@overlay-render/${name}`]: join(root, 'packages', name, 'src/index.ts') },
        },
      })
      await bundler.write({ file: join(folder, 'entry.mjs'), format: 'esm', codeSplitting: false })
      await bundler.close()
      execFileSync(process.execPath, [join(folder, 'entry.mjs')], { cwd: root, stdio: 'pipe' })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
)

test('the command says its version, and whose bytes it gives', async () => {
  await build({ force: false })
  const version = execFileSync(
    process.execPath,
    [join(root, 'packages/cli/bin/overlay-render.js'), '--version'],
    {
      encoding: 'utf8',
    },
  )
  expect(version).toMatch(/^overlay-render \d+\.\d+\.\d+ \(yq 4\.53\.6, yq 3\.4\.1\)\n$/)
})
