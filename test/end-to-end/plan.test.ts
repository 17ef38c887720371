import { spawnSync } from 'node:child_process'
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'

import { DECK, LiveWorkspace } from '../support/live-workspace.ts'
import { skipReason } from '../support/needs.ts'
import { kubernetes, realYq } from '../support/oracles.ts'

const programs = kubernetes()
const skipped = skipReason('kubernetes', 'yq')
const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: notes}\ndata: {a: b}\n'

describe.skipIf(skipped !== '')(`a plan${skipped}`, () => {
  let live: LiveWorkspace
  beforeAll(async () => {
    if (programs === undefined) return
    live = new LiveWorkspace(programs)
    symlinkSync(realYq() ?? '', join(live.bin, 'yq'))
    await live.start()
  })
  afterEach(() => live?.reset())
  afterAll(() => live?.dispose())

  const plan = async (...args: string[]) => live.run(['plan', 'production', ...args])
  /** Runs the output of `plan --shell`. */
  const runScript = (script: string) => {
    const file = join(live.folder, 'apply.sh')
    writeFileSync(file, script)
    expect(spawnSync('bash', ['-n', file]).status).toBe(0)
    const env = { PATH: `${live.bin}:${process.env['PATH']}`, HOME: live.folder, KUBECONFIG: live.kubeconfig }
    const manifests = join(live.folder, 'tree/rendered/production/manifests.yaml')
    const { status, stdout, stderr } = spawnSync('bash', [file, manifests], { encoding: 'utf8', env })
    return { status, output: stdout + stderr }
  }

  test('without a cluster needs a golden, and says so', async () => {
    const { status, stderr } = await plan()
    expect([status, stderr]).toEqual([2, expect.stringContaining('make one with golden update production')])
  })

  test('without a cluster shows the effects of a change', async () => {
    live.put('more.yaml', CONFIG_MAP)
    expect(await live.run(['golden', 'update', 'production'])).toMatchObject({ status: 0 })
    live.put('more.yaml', '')
    live.put('deck.yaml', DECK.replace('deck:v1', 'deck:v2'))
    expect(await plan()).toMatchObject({
      status: 0,
      stdout: [
        'production, from its golden to its render:',
        '    1. change Deployment prow/deck (its pods are replaced: spec.template.spec.containers[name=deck].image changes)',
        '    2. keep ConfigMap prow/notes (it is no longer in the manifests)',
        'Then wait for:',
        '  Deployment prow/deck',
        '1 to change, 1 no longer rendered, kept, 2 as they are',
        '',
      ].join('\n'),
    })
    live.put('deck.yaml', DECK.replaceAll('app: deck', 'app: other'))
    const { status, stdout } = await plan('--prune')
    expect(status).toBe(1)
    expect(stdout).toContain('prune ConfigMap prow/notes')
    expect(stdout).toMatch(
      /error: overlays\/production\/deck\.yaml:7:\d+: Deployment prow\/deck: spec\.selector/u,
    )
  })

  test('as a script has the same result on a server', async () => {
    live.put('more.yaml', CONFIG_MAP)
    const { stdout } = await plan('--context', 'throw-away', '--secrets', 'real', '--shell')
    expect(stdout).not.toMatch(/hunter2|aHVudGVyM/u)
    expect(await live.run(['render', 'production', '--secrets', 'real'])).toMatchObject({ status: 0 })
    // The server runs no pods, so the last line of the script would wait.
    expect(runScript(stdout.replaceAll(/^kubectl .*rollout status.*$/gmu, ''))).toMatchObject({ status: 0 })
    const again = await plan('--context', 'throw-away', '--secrets', 'real')
    expect(again.stdout).toContain('Nothing to do.')
    expect(live.kubectl('-n', 'prow', 'get', 'secret/token', '-o', 'jsonpath={.data.token}')).toBe(
      'aHVudGVyMgo=',
    )
  })

  test('as a script refuses manifests with stub secrets before it changes anything', async () => {
    live.put('deck.yaml', DECK.replace('deck:v1', 'deck:v2'))
    const { stdout } = await plan('--context', 'throw-away', '--shell')
    expect(await live.run(['render', 'production', '--secrets', 'stub'])).toMatchObject({ status: 0 })
    const { status, output } = runScript(stdout)
    expect([status, output]).toEqual([
      1,
      expect.stringContaining('has stub secrets: render it with real ones first'),
    ])
    expect(live.kubectl('-n', 'prow', 'get', 'deployment/deck', '-o', 'yaml')).toContain('deck:v1')
  })

  test('as a script changes nothing where the plan has errors', async () => {
    live.put('deck.yaml', DECK.replaceAll('app: deck', 'app: other'))
    expect(await live.run(['render', 'production', '--secrets', 'real'])).toMatchObject({ status: 0 })
    const { status, stdout } = await plan('--context', 'throw-away', '--secrets', 'real', '--shell')
    expect(status).toBe(1)
    expect(runScript(stdout)).toMatchObject({ status: 1, output: 'this plan has errors: see above\n' })
    expect(live.kubectl('-n', 'prow', 'get', 'deployment/deck', '-o', 'yaml')).toContain('app: deck')
  })
})
