import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { DECK, LiveWorkspace } from '../support/live-workspace.ts'
import { skipReason } from '../support/needs.ts'
import { kubernetes } from '../support/oracles.ts'
import { ON_TERMINAL } from '../support/pseudo-terminal.ts'

const programs = kubernetes()
const APPLY = ['apply', 'production', '--context', 'throw-away']

describe.skipIf(programs === undefined)(`apply waits for rollouts${skipReason('kubernetes')}`, () => {
  let live: LiveWorkspace
  beforeAll(async () => {
    if (programs === undefined) return
    live = new LiveWorkspace(programs)
    await live.start()
  })
  afterAll(() => live?.dispose())

  /** Sets the status that a controller and a kubelet would report: the server has neither. */
  const setStatus = (status: object): void => {
    const patch = JSON.stringify({ status: { observedGeneration: 1000, ...status } })
    live.kubectl(
      '-n',
      'prow',
      'patch',
      'deployment/deck',
      '--subresource=status',
      '--type=merge',
      '-p',
      patch,
    )
  }
  const READY = { replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 }
  /** Calls back once, when the output contains the words. */
  const once = (words: string, work: () => void): ((text: string) => void) => {
    let isDone = false
    return (text) => {
      if (isDone || !text.includes(words)) return
      isDone = true
      work()
    }
  }

  test('a rollout without progress ends the wait, and the error lists what was done', async () => {
    const { status, stderr } = await live.run([...APPLY, '--yes', '--timeout', '2s'])
    expect(status).toBe(3)
    expect(stderr).toContain(
      [
        'waiting for the rollout of Deployment prow/deck: its controller has not seen the change',
        'error: the rollout of Deployment prow/deck did not end: its controller has not seen the change, for 2 seconds',
        '  created Namespace prow',
        '  created Secret prow/token',
        '  created Deployment prow/deck',
        '  not rolled out Deployment prow/deck',
        '  hint: the finished steps are kept: correct the cause and run the command again, which continues there',
        '',
      ].join('\n'),
    )
  })

  test('a second run waits for the unfinished rollout, and shows its progress', async () => {
    setStatus({ replicas: 1, updatedReplicas: 1 })
    const { status, stdout, stderr } = await live.run([...APPLY, '--yes'], {
      onText: once('0 of 1 updated pods are available', () => setStatus(READY)),
    })
    expect([status, stdout]).toEqual([0, expect.stringContaining('Applied: 0 steps done, 1 rollouts ended.')])
    expect(stderr).toMatch(/0 of 1 updated pods are available\nrolled out Deployment prow\/deck\n$/u)
  })

  test('a rollout that exceeded its progress deadline fails at once', async () => {
    const reason = 'ReplicaSet "deck-1" has timed out progressing.'
    const condition = {
      type: 'Progressing',
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: reason,
    }
    setStatus({ ...READY, conditions: [condition] })
    live.put('deck.yaml', DECK.replace('deck:v1', 'deck:v2'))
    const { status, stderr } = await live.run([...APPLY, '--yes'])
    expect([status, stderr]).toEqual([
      3,
      expect.stringContaining(`the rollout of Deployment prow/deck did not end: ${reason}`),
    ])
    expect(stderr).toContain('  changed Deployment prow/deck\n  not rolled out Deployment prow/deck\n')
    setStatus({ ...READY, conditions: [] })
  })

  test.each([['1'], ['10'], ['2 minutes'], ['0s']])('a timeout of %j is refused', async (time) => {
    const { status, stderr } = await live.run([...APPLY, '--timeout', time])
    expect([status, stderr]).toEqual([2, expect.stringContaining('it must be a time such as 90s or 10m')])
  })

  const noTerminal = skipReason('terminal')
  describe.skipIf(noTerminal !== '')(`on a terminal${noTerminal}`, () => {
    test('it asks, and any answer but yes does nothing', async () => {
      live.put('deck.yaml', DECK.replace('deck:v1', 'deck:v3'))
      const { status, stdout } = await live.run(APPLY, { through: [ON_TERMINAL], input: 'no\n' })
      expect(status).toBe(1)
      expect(stdout).toContain('change Deployment prow/deck')
      expect(stdout).toContain('Apply production to throw-away? Type yes: ')
      expect(stdout).toContain('Nothing was done.')
      expect(live.kubectl('-n', 'prow', 'get', 'deployment/deck', '-o', 'yaml')).toContain('deck:v2')
    })

    test('after yes it applies, and shows the rollouts in one line', async () => {
      setStatus({ replicas: 1, updatedReplicas: 0 })
      const { status, stdout } = await live.run(APPLY, {
        through: [ON_TERMINAL],
        input: 'yes\n',
        onText: once('0 of 1 pods are updated', () => setStatus(READY)),
      })
      expect(status).toBe(0)
      expect(stdout).toContain(
        '\r\u001B[Jwaiting for the rollout of Deployment prow/deck: 0 of 1 pods are updated',
      )
      expect(stdout).toContain('Applied: 1 steps done, 1 rollouts ended.')
    })
  })
})
