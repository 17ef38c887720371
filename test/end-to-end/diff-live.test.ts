import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { DECK, LiveWorkspace } from '../support/live-workspace.ts'
import { skipReason } from '../support/needs.ts'
import { kubernetes } from '../support/oracles.ts'

const programs = kubernetes()
const SIDES = ['live:throw-away:production', 'production']
const CHECK = ['golden', 'check', 'production', '--live', '--context', 'throw-away']
const NOTE = 'info: the values of one Secret are not compared with the render, which has stubs\n'

describe.skipIf(programs === undefined)(`a cluster as a side of diff${skipReason('kubernetes')}`, () => {
  let live: LiveWorkspace
  beforeAll(async () => {
    if (programs === undefined) return
    live = new LiveWorkspace(programs)
    await live.start()
  })
  afterAll(() => live?.dispose())
  const diff = async (...args: string[]) => live.run(['diff', ...SIDES, ...args])

  test('fields that the server added are no difference', async () => {
    const apply = ['apply', 'production', '--context', 'throw-away', '--yes', '--no-wait']
    expect(await live.run(apply)).toMatchObject({ status: 0 })
    const { status, stdout } = await diff()
    expect([status, stdout]).toEqual([0, expect.stringContaining(NOTE)])
    expect(stdout).toMatch(
      /change: last applied → production: 3 unchanged\n.*drift: last applied → live:throw-away: 3 unchanged\n/su,
    )
    expect(await diff('--secrets', 'real')).toMatchObject({
      status: 0,
      stdout: expect.not.stringContaining(NOTE),
    })
  })

  test('with --secrets real the values of Secrets are compared, and none is shown', async () => {
    live.put('secrets/token', 'correct-horse')
    expect(await diff()).toMatchObject({ status: 0 })
    const shown = await Promise.all(
      ['text', 'json', 'markdown', 'html', 'junit'].map((format) =>
        diff('--secrets', 'real', '--format', format),
      ),
    )
    expect(shown.map(({ status }) => status)).toEqual([1, 1, 1, 1, 1])
    expect(shown[0]?.stdout).toMatch(
      /~ Secret prow\/token\n {4}data\.token\n {6}- \(secret \w+\)\n {6}\+ \(secret \w+\)/u,
    )
    expect(shown.map(({ stdout, stderr }) => stdout + stderr).join('')).not.toMatch(
      /correct-horse|hunter2|Y29ycmVjdC1ob3|aHVudGVyM/u,
    )
    live.reset()
  })

  test.each([
    [['golden:production', 'production'], 'neither side is one'],
    [['live:throw-away:production', 'golden:production'], 'only an overlay is rendered with real ones'],
  ])('real secrets of %j are refused', async (sides, words) => {
    const { status, stderr } = await live.run(['diff', ...sides, '--secrets', 'real'])
    expect([status, stderr]).toEqual([2, expect.stringContaining(words)])
  })

  test('without a golden or git, a missing object is new or deleted', async () => {
    live.kubectl('-n', 'prow', 'delete', 'secret/token')
    const { status, stdout } = await diff()
    expect(status).toBe(1)
    expect(stdout).toContain('+ Secret  prow/token  added')
    expect(stdout).toContain(
      'Secret prow/token is not in the cluster: without a golden or a commit it is unknown whether it is new or was deleted',
    )
  })

  test('a missing object that the last commit has was deleted; any other is new', async () => {
    live.git('init', '--quiet')
    live.put('.gitignore', 'secrets/\n')
    live.git('add', '.')
    live.git('commit', '--quiet', '--message', 'as it was applied')
    live.put('more.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: new}\n')
    const { status, stdout } = await diff()
    expect(status).toBe(1)
    expect(stdout).toMatch(
      /change: .*1 added.*\+ ConfigMap {2}prow\/new {2}added.*drift: .*1 removed.*- Secret {2}prow\/token {2}removed/su,
    )
    expect(stdout).toContain(
      'Secret prow/token is not in the cluster: it was deleted there, or not applied yet',
    )
  })

  test('golden check --live compares with the golden, and with the cluster', async () => {
    live.put('more.yaml', '')
    expect(await live.run(['golden', 'update', 'production'])).toMatchObject({ status: 0 })
    live.kubectl('-n', 'prow', 'scale', 'deployment/deck', '--replicas=7')
    const drifted = await live.run(CHECK)
    expect([drifted.status, drifted.stdout]).toEqual([
      1,
      expect.stringMatching(
        /production, drift: .*- Secret +prow\/token {2}removed.*spec\.replicas\n\s+- 1\n\s+\+ 7.*The golden matches/su,
      ),
    ])
    live.put('deck.yaml', DECK.replace('deck:v1', 'deck:v2'))
    const changed = await live.run([...CHECK, '--json'])
    const report: { comparisons: { title: string; differs: boolean }[] } = JSON.parse(changed.stdout)
    expect([
      changed.status,
      report.comparisons.map(({ title, differs }) => `${title.split(':')[0]} ${differs}`),
    ]).toEqual([1, ['production true', 'production, change true', 'production, drift true']])
  })

  test('golden check --live of all overlays compares those that have a cluster', async () => {
    const { status, stderr } = await live.run(['golden', 'check', '--live'])
    expect([status, stderr]).toEqual([2, expect.stringContaining('set prow.overlays in overlay-render.yaml')])
  })

  test('fields of another manager are reported with its name', async () => {
    live.reset()
    live.kubectlWith(
      '{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"deck","namespace":"prow"},"spec":{"minReadySeconds":5}}',
      ...'apply --server-side --force-conflicts --field-manager=other-controller -f -'.split(' '),
    )
    const { stdout } = await diff()
    expect(stdout).toMatch(
      /~ Deployment prow\/deck\n {4}spec\n {6}\+ minReadySeconds: 5|spec\.minReadySeconds {2}added\n {6}\+ 5/u,
    )
    expect(stdout).toContain('info: Deployment prow/deck was changed with')
    expect(stdout).toContain('other-controller')
  })
})
