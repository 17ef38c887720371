import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { parsePin } from '../../packages/kustomize/src/pin.ts'
import { findRelease } from '../../packages/kustomize/src/provide/releases.ts'
import { root } from '../support/oracles.ts'

// No builder of images is at hand where tests run. Its steps are: `scripts/assemble.js`, which `pnpm packages:check` runs, and these.

const file = readFileSync(join(root, 'Containerfile'), 'utf8')

test('the image brings the kubectl that the project published', () => {
  const [, version = ''] = /^ARG KUBECTL=(\S+)$/mu.exec(file) ?? []
  const [, sha256] = /^ARG KUBECTL_SHA256=(\S+)$/mu.exec(file) ?? []
  expect(findRelease(parsePin(version, 'kubectl'), 'linux-x64')?.sha256).toBe(sha256)
})

test('the image runs scripts that are there', () => {
  const scripts = [...file.matchAll(/^RUN node (\S+)/gmu)].map(([, script = '']) => script)
  expect(scripts).not.toEqual([])
  for (const script of scripts) expect(existsSync(join(root, script))).toBe(true)
})
