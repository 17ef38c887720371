import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { digestOf } from '@overlay-render/system'
import { expect, test, vi } from 'vitest'

import { kustomize454 } from '../../../../test/support/oracles.ts'
import { skipReason } from '../../../../test/support/needs.ts'
import { openWorkspace } from '../../src/open-workspace.ts'
import { layTree } from '../temporary-tree.ts'

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: "1"}\n'
const patch = (value: string): string =>
  `resources: [cm.yaml]\npatches: [{target: {kind: ConfigMap}, patch: '[{"op": "replace", "path": "/data/a", "value": "${value}"}]'}]\n`

/** Overlays, and how often kustomize builds each in a review of a change of its resource. */
const OVERLAYS = {
  plain: { text: 'resources: [cm.yaml]\n', builds: 2 },
  // A patch is traced after the change, and before it only when there is a finding to compare.
  patched: { text: patch('9'), builds: 3 },
  'without-change': { text: patch('2'), builds: 4 },
} as const

const missing = kustomize454() === undefined

test.skipIf(missing)(
  `a cold review builds each side once, and again only to trace a patch${skipReason('kustomize')}`,
  async () => {
    const top = layTree({
      'overlay-render.yaml': 'version: 1\nkustomize: {version: 4.5.4}\nsecrets: stub\n',
      ...Object.fromEntries(
        Object.entries(OVERLAYS).flatMap(([name, { text }]) => [
          [`overlays/${name}/kustomization.yaml`, text],
          [`overlays/${name}/cm.yaml`, CONFIG_MAP],
        ]),
      ),
    })
    const counter = layTree({ counts: '', kustomize: '' })
    const script = `#!/bin/sh\necho "$*" >> ${counter}/counts\nexec ${kustomize454() ?? ''} "$@"\n`
    writeFileSync(join(counter, 'kustomize'), script)
    chmodSync(join(counter, 'kustomize'), 0o755)
    vi.stubEnv('OVERLAY_RENDER_KUSTOMIZE_SHA256', digestOf(Buffer.from(script)))
    const git = (...args: string[]): void => {
      execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { cwd: top })
    }
    git('init', '--quiet')
    git('add', '--all')
    git('commit', '--quiet', '--message=base')
    for (const [name, { builds }] of Object.entries(OVERLAYS)) {
      writeFileSync(join(counter, 'counts'), '')
      writeFileSync(join(top, `overlays/${name}/cm.yaml`), CONFIG_MAP.replace('"1"', '"2"'))
      const workspace = await openWorkspace(top, { kustomize: join(counter, 'kustomize') })
      const { overlays } = await workspace.review('HEAD')
      expect(overlays.map(({ overlay, fault }) => [overlay, fault])).toEqual([[name, undefined]])
      const ran = readFileSync(join(counter, 'counts'), 'utf8').split('\n')
      expect(ran.filter((line) => line.startsWith('build')).length, `${name}`).toBe(builds)
      git('checkout', '--quiet', '--', '.')
    }
    vi.unstubAllEnvs()
  },
  120_000,
)
