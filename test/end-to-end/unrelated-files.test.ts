import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

import { expect, onTestFinished, test } from 'vitest'

import { runCommand } from '../support/command.ts'
import { skipReason } from '../support/needs.ts'
import { kustomize454 } from '../support/oracles.ts'

// The cost of unrelated files for a render: counted, not timed.

/** Preloaded into the command: records file accesses below the tree, and writes them to a file at exit. */
const COUNTING = `
const fs = require('node:fs')
const { TREE, COUNTS } = process.env
const asked = []
for (const [name, work] of Object.entries(fs)) {
  if (typeof work !== 'function' || !/^(?:open|stat|lstat|readdir|readFile|readlink|realpath|exists|access|opendir)/.test(name)) continue
  fs[name] = Object.assign(function (path, ...rest) {
    if (String(path).startsWith(TREE) && !String(path).includes('/rendered')) asked.push(name + ' ' + String(path).slice(TREE.length))
    return work.call(this, path, ...rest)
  }, work)
}
const { writeFileSync } = fs
process.on('exit', () => writeFileSync(COUNTS, JSON.stringify(asked)))
`

/** `OVERLAY_RENDER_UNRELATED=100000` creates more. */
const MANY = Number(process.env['OVERLAY_RENDER_UNRELATED'] ?? 8000)
const missing = kustomize454() === undefined

test.skipIf(missing)(
  `${MANY} files that no overlay names add no file access to a render, cached or not${skipReason('kustomize')}`,
  async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'overlay-render-unrelated-')))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const top = join(folder, 'tree')
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(top, path)), { recursive: true })
      writeFileSync(join(top, path), text)
    }
    write('deploy/overlay-render.yaml', 'version: 1\nkustomize: {version: 4.5.4}\nsecrets: stub\n')
    write('deploy/overlays/one/kustomization.yaml', 'resources: [../../base]\n')
    write('deploy/base/kustomization.yaml', 'resources: [cm.yaml]\n')
    write('deploy/base/cm.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n')
    const git = (...args: string[]): Buffer => execFileSync('git', args, { cwd: top })
    git('init', '--quiet')
    git('add', '--all')
    writeFileSync(join(folder, 'counting.cjs'), COUNTING)

    const ask = async (...more: string[]): Promise<readonly string[]> => {
      const counts = join(folder, 'counts.json')
      const { status } = await runCommand(
        ['-C', join(top, 'deploy'), 'render', 'one', '--out', join(folder, 'out'), ...more],
        {
          env: {
            NODE_OPTIONS: `--require ${join(folder, 'counting.cjs')}`,
            TREE: top,
            COUNTS: counts,
            XDG_CACHE_HOME: join(folder, 'cache'),
          },
          cached: true,
        },
      )
      expect(status).toBe(0)
      return JSON.parse(readFileSync(counts, 'utf8')) as string[]
    }
    await ask()
    // A recently written file is read twice in every run; later its stat data is trusted.
    await setTimeout(3500)
    const fresh = await ask('--no-cache')
    await ask()
    const kept = await ask()
    expect(fresh.length).toBeGreaterThan(10)
    expect(kept.length).toBeGreaterThan(10)

    // Next to the workspace, inside it, in the folder of an overlay and in a base.
    const places = ['other', 'deploy/other/deep', 'deploy/overlays/one/other', 'deploy/base/other']
    for (const place of places) {
      mkdirSync(join(top, place), { recursive: true })
      for (let index = 0; index < MANY / places.length; index++)
        writeFileSync(join(top, place, `${index}.yaml`), '')
    }
    git('add', '--all')
    expect(await ask('--no-cache')).toEqual(fresh)
    await ask()
    expect(await ask()).toEqual(kept)
  },
  600_000,
)
