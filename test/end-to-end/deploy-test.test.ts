import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { DECK, LiveWorkspace } from '../support/live-workspace.ts'
import { skipReason } from '../support/needs.ts'
import { kubernetes } from '../support/oracles.ts'

const programs = kubernetes()

describe.skipIf(programs === undefined)(`deploy-test${skipReason('kubernetes')}`, () => {
  let live: LiveWorkspace
  beforeAll(() => {
    if (programs === undefined) return
    live = new LiveWorkspace(programs)
    live.addAssets()
    live.put('.gitignore', 'secrets/\n')
    live.git('init', '--quiet')
    live.git('add', '--all')
    live.git('commit', '--quiet', '--message=base')
  })
  afterAll(() => live?.dispose())

  const run = async (...args: string[]) =>
    live.run(['deploy-test', 'production', '--base', 'HEAD', ...args], {
      env: { KUBEBUILDER_ASSETS: live.assets, KUBECONFIG: '/nowhere' },
    })

  test('a change that the server accepts passes, and what is not tested is listed', async () => {
    live.put('deck.yaml', DECK.replace('deck:v1', 'deck:v2'))
    live.put('more.yaml', 'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\n')
    const { status, stdout } = await run()
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: [
        'left out: Thing prow/a: the definition of its kind is not among the manifests',
        'production: a real API server accepts all 3 objects, as an upgrade. Admission webhooks are left out, and no pod runs.',
        '',
      ].join('\n'),
    })
    live.reset()
  })

  test('a change of an immutable field fails, at its source position', async () => {
    live.put('deck.yaml', DECK.replaceAll('app: deck', 'app: other'))
    const file = join(live.folder, 'junit.xml')
    const { status, stdout } = await run('--report', `junit=${file}`)
    expect([status, stdout]).toEqual([
      1,
      expect.stringMatching(
        /^overlays\/production\/deck\.yaml:7:\d+: error: Deployment prow\/deck: .*immutable/u,
      ),
    ])
    const junit = readFileSync(file, 'utf8')
    expect(junit).toContain('tests="3" failures="1"')
    expect(junit).toContain(
      'name="Deployment prow/deck" time="0"><failure message="overlays/production/deck.yaml',
    )
    live.reset()
  })

  // KubeVirt's deployment had a duplicate variable before commit 0c4d33930, which removes the second one.
  test('a duplicate environment variable fails, but not one of the base', async () => {
    const twice = `${DECK}        - {name: A, value: '2'}\n`
    live.put('deck.yaml', twice)
    const { status, stdout } = await run()
    expect([status, stdout]).toEqual([
      1,
      expect.stringContaining(
        'deck.yaml:16:18: error: Deployment prow/deck: spec.template.spec.containers[0].env has A twice',
      ),
    ])
    live.git('commit', '--quiet', '--all', '--message=twice')
    live.reset()
    expect(await run()).toMatchObject({ status: 0 })
  })

  test('a server with nodes is refused', async () => {
    if (programs === undefined) return
    await live.start()
    live.kubectlWith('{"apiVersion":"v1","kind":"Node","metadata":{"name":"a"}}', 'create', '-f', '-')
    const { status, stderr } = await run('--kubeconfig', live.kubeconfig)
    expect([status, stderr]).toEqual([2, expect.stringContaining('throw-away has nodes, or does not say')])
    expect(() => live.kubectl('get', 'namespace', 'prow')).toThrow('not found')
  })
})
