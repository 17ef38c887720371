import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { parsePin } from '../../packages/kustomize/src/pin.ts'
import { findRelease } from '../../packages/kustomize/src/provide/releases.ts'
import { root } from '../support/oracles.ts'

// `.ci/run` builds and runs the image where a container builder is installed. Elsewhere, `pnpm
// packages:check` tests `scripts/assemble.js`, and these tests cover the other steps.

const file = readFileSync(join(root, 'Containerfile'), 'utf8')

test.each([
  ['AMD64', 'linux-x64'],
  ['ARM64', 'linux-arm64'],
] as const)('on %s the image brings the kubectl that the project published', (machine, platform) => {
  const [, version = ''] = /^ARG KUBECTL=(\S+)$/mu.exec(file) ?? []
  const [, sha256] = new RegExp(String.raw`^ARG KUBECTL_SHA256_${machine}=(\S+)$`, 'mu').exec(file) ?? []
  expect(findRelease(parsePin(version, 'kubectl'), platform)?.sha256).toBe(sha256)
})

test('the scripts that the image runs exist', () => {
  const scripts = [...file.matchAll(/^RUN node (\S+)/gmu)].map(([, script = '']) => script)
  expect(scripts).not.toEqual([])
  for (const script of scripts) expect(existsSync(join(root, script))).toBe(true)
})
