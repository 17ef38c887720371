import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { DECK, LiveWorkspace } from '../support/live-workspace.ts'
import { skipReason } from '../support/needs.ts'
import { kubernetes } from '../support/oracles.ts'

const programs = kubernetes()
const CONTEXT = ['--context', 'throw-away']
const APPLY = ['apply', 'production', ...CONTEXT, '--yes', '--no-wait']

describe.skipIf(programs === undefined)(`plan and apply${skipReason('kubernetes')}`, () => {
  let live: LiveWorkspace
  beforeAll(async () => {
    if (programs === undefined) return
    live = new LiveWorkspace(programs)
    await live.start()
  })
  afterAll(() => live?.dispose())

  const plan = async (...args: string[]) => live.run(['plan', 'production', ...CONTEXT, ...args])
  const savePlan = async (): Promise<string> => {
    const file = join(live.folder, 'plan.json')
    expect(await plan('--report', `json=${file}`)).toMatchObject({ status: 0 })
    return file
  }

  test('plan shows the steps in order, and changes nothing', async () => {
    const { status, stdout } = await plan()
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: [
        'production, on throw-away:',
        '    1. create Namespace prow',
        '    2. create Secret prow/token',
        '    3. create Deployment prow/deck',
        'Then wait for:',
        '  Deployment prow/deck',
        'info: 2 of the steps cannot be checked by the server before the namespaces and definitions of this plan exist',
        '3 to create',
        '',
      ].join('\n'),
    })
    expect(() => live.kubectl('get', 'namespace', 'prow')).toThrow('not found')
  })

  test('without a terminal, apply needs --yes', async () => {
    const { status, stderr } = await live.run(['apply', 'production', ...CONTEXT])
    expect([status, stderr]).toEqual([2, expect.stringContaining('apply needs a terminal to ask')])
  })

  test('an interrupted apply reports the finished steps, and the next one continues', async () => {
    const stopped = await live.run(APPLY, {
      onText: (text, pid) => text.includes('2/3') && process.kill(pid, 'SIGINT'),
    })
    expect(stopped.status).toBe(130)
    expect(stopped.stderr).toContain('\n  created Namespace prow\n')
    expect(stopped.stderr).toContain('\n  not created Deployment prow/deck\n')
    const killed = await live.run(APPLY, {
      onText: (text, pid) => /\d\/\d/u.test(text) && process.kill(pid, 'SIGKILL'),
    })
    expect(killed.signal).toBe('SIGKILL')
    expect(await live.run(APPLY)).toMatchObject({ status: 0 })
    expect(live.kubectl('-n', 'prow', 'get', 'deployment,secret', '-o', 'name')).toBe(
      'deployment.apps/deck\nsecret/token\n',
    )
    expect((await plan()).stdout).toContain('Then wait for:\n  Deployment prow/deck\nNothing to do.\n')
  })

  test('apply --plan carries out exactly the saved plan', async () => {
    live.put('deck.yaml', DECK.replace('deck:v1', 'deck:v2'))
    const file = await savePlan()
    const done = await live.run([...APPLY, '--plan', file, '--json'])
    const deck = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'prow', name: 'deck' }
    expect(JSON.parse(done.stdout)).toMatchObject({ done: [{ action: 'change', resource: deck }] })
    expect(readFileSync(file, 'utf8')).not.toMatch(/hunter2|aHVudGVyMg/u)
  })

  test.each([
    ['the render', () => live.put('deck.yaml', DECK)],
    ['a secret', () => live.put('secrets/token', 'other')],
    ['the cluster', () => live.kubectl('-n', 'prow', 'scale', 'deployment/deck', '--replicas=4')],
  ])('a saved plan is refused when %s changed since', async (_what, change) => {
    const file = await savePlan()
    change()
    const { status, stderr } = await live.run([...APPLY, '--plan', file])
    expect([status, stderr]).toEqual([2, expect.stringContaining('has changed since the plan was made')])
  })

  test('a changed Secret is reported without its values', async () => {
    live.put('secrets/token', 'correct-horse')
    const shown = await Promise.all([plan(), plan('--json'), plan('--format', 'html'), plan('--shell')])
    expect(shown[0]?.stdout).toContain('change Secret prow/token (data.token)')
    expect(shown.map(({ stdout, stderr }) => stdout + stderr).join('')).not.toMatch(
      /correct-horse|hunter2|Y29ycmVjd/u,
    )
  })

  // KubeVirt's commit 1e9e4be95 deletes its priority classes by hand, because apply cannot change them.
  test('a change of an immutable field is refused before apply, and --replace replaces the object', async () => {
    const priority = (value: number): string =>
      `apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: vgpu}\nvalue: ${value}\n`
    live.put('more.yaml', priority(10))
    expect(await live.run(APPLY)).toMatchObject({ status: 0 })
    live.put('more.yaml', priority(20))
    live.put('deck.yaml', DECK.replaceAll('app: deck', 'app: other'))
    const { status, stdout } = await plan()
    expect(status).toBe(1)
    expect(stdout).toContain('replace PriorityClass vgpu (value')
    expect(stdout).toMatch(
      /error: .*more\.yaml:4:8: PriorityClass vgpu: value .*refuses it, unless the object is replaced/u,
    )
    expect(stdout).toMatch(/To replace: .* --replace PriorityClass\/vgpu --replace Deployment\/prow\/deck\n/u)
    const refused = await live.run(APPLY)
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('nothing was done')])
    expect(refused.stderr).toContain('(--replace KIND/NAME)')
    expect(live.kubectl('get', 'priorityclass/vgpu', '-o', 'jsonpath={.value}')).toBe('10')
    const named = ['--replace', 'PriorityClass/vgpu', '--replace', 'Deployment/deck']
    expect(await live.run([...APPLY, ...named])).toMatchObject({ status: 0 })
    expect(live.kubectl('get', 'priorityclass/vgpu', '-o', 'jsonpath={.value}')).toBe('20')
    expect(live.kubectl('-n', 'prow', 'get', 'deployment/deck', '-o', 'jsonpath={.spec.selector}')).toContain(
      'other',
    )
  })

  test('an unknown object of --replace is an error with a similar name', async () => {
    const { status, stderr } = await plan('--replace', 'Deployment/dekc')
    expect([status, stderr]).toEqual([2, expect.stringContaining('did you mean Deployment/deck?')])
  })

  test('an object that is no longer rendered is pruned with --prune', async () => {
    live.put('more.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: gone}\n')
    expect(await live.run(APPLY)).toMatchObject({ status: 0 })
    live.put('more.yaml', '')
    expect((await plan()).stdout).not.toContain('gone')
    expect((await plan('--prune')).stdout).toContain(
      'prune ConfigMap prow/gone (it was applied by overlay production',
    )
    expect(await live.run([...APPLY, '--prune'])).toMatchObject({ status: 0 })
    expect(() => live.kubectl('-n', 'prow', 'get', 'configmap', 'gone')).toThrow('not found')
  })

  test('an object that the server refuses is reported at its source position, and nothing is applied', async () => {
    live.put('deck.yaml', DECK.replace("value: '1'", "value: '1', vale: x"))
    const { status, stdout } = await plan()
    expect([status, stdout]).toEqual([
      1,
      expect.stringMatching(/overlays\/production\/deck\.yaml:\d+:\d+: .*vale/u),
    ])
    const applied = await live.run(APPLY)
    expect([applied.status, applied.stderr]).toEqual([2, expect.stringContaining('nothing was done')])
    live.reset()
  })

  test('a duplicate environment variable is refused before anything is applied', async () => {
    live.put('deck.yaml', `${DECK}        - {name: A, value: '2'}\n`)
    const { status, stdout } = await plan()
    expect([status, stdout]).toEqual([
      1,
      expect.stringContaining(
        'overlays/production/deck.yaml:16:18: Deployment prow/deck: spec.template.spec.containers[0].env has A twice',
      ),
    ])
    live.reset()
  })
})
