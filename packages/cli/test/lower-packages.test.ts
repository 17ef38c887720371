import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { root } from '../../../test/support/oracles.ts'

/** Messages name the flags of these programs and of what Prow runs, and messages of yq are those of yq. */
const OTHERS = /\b(?:git|kubectl|helm|openssl|KUBECONFIG)\b|--security-/u

test('messages of libraries name settings, not flags of the command', () => {
  const packages = readdirSync(join(root, 'packages')).filter((name) => name !== 'cli')
  const files = packages.flatMap((name) => {
    const folder = join('packages', name, 'src')
    const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    return names.filter((path) => path.endsWith('.ts')).map((path) => join(folder, path))
  })
  expect(files.length).toBeGreaterThan(500)
  const found = files.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .filter((line) => /\b(?:hint|message|reason|what|why)\b.*['"`].*(?<![\w-])--[a-z]{2}/u.test(line))
      .filter((line) => !OTHERS.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  )
  expect(found).toEqual([])
})
