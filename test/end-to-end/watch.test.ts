import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, onTestFinished, test, vi } from 'vitest'

import { runCommand } from '../support/command.ts'
import { copyTree } from '../support/copy-tree.ts'
import { skipReason } from '../support/needs.ts'
import { root } from '../support/oracles.ts'
import { runAtTerminal } from '../support/pseudo-terminal.ts'

// Each test waits for several renders.
vi.setConfig({ testTimeout: 180_000 })

interface EditedWorkspace {
  readonly kustom: string
  /** Renames the image of a resource. */
  readonly setImage: (name: string) => void
  /** Makes the file of the resource invalid YAML. */
  readonly breakFile: () => void
}

async function copyWorkspace(): Promise<EditedWorkspace> {
  const tree = await copyTree(join(root, 'overlays-fixtures/kubevirt'))
  onTestFinished(() => tree.dispose())
  const kustom = join(tree.path, 'prow-deploy/kustom')
  rmSync(join(kustom, 'rendered'), { recursive: true, force: true })
  const file = join(kustom, 'overlays/workloads/resources/image-puller.yaml')
  const before = readFileSync(file, 'utf8')
  return {
    kustom,
    setImage: (name) => writeFileSync(file, before.replace(/image: \S+/, `image: ${name}`)),
    breakFile: () => writeFileSync(file, 'a: [\n'),
  }
}

interface Step<Session> {
  /** The output that triggers `act`. */
  readonly when: string
  readonly act: (session: Session) => void
}

function followSteps<Session>(steps: Step<Session>[]): (text: string, session: Session) => void {
  let from = 0
  return (text, session) => {
    const [step] = steps
    const at = step === undefined ? -1 : text.indexOf(step.when, from)
    if (step === undefined || at < 0) return
    from = at
    steps.shift()
    // Editors and people react after a short delay.
    setTimeout(() => step.act(session), 300)
  }
}

test('watch renders again on a change, shows the diff, continues after an error, and ends on Ctrl-C', async () => {
  const { kustom, setImage, breakFile } = await copyWorkspace()
  const onStdout: Step<number>[] = [
    { when: 'Waiting for a change', act: () => setImage('registry.example/changed:1') },
    { when: 'registry.example/changed:1', act: breakFile },
    { when: 'failed', act: () => setImage('registry.example/changed:2') },
    { when: 'the error is gone', act: (pid) => process.kill(pid, 'SIGINT') },
  ]
  const follow = followSteps(onStdout)
  const { signal, stdout, stderr } = await runCommand(['watch', 'workloads', 'testing', '-C', kustom], {
    onText: (text, pid) => {
      if (text.includes('Waiting')) follow(text, pid)
    },
  })
  expect(onStdout).toEqual([])
  expect(stdout).toMatch(/^\d\d:\d\d:\d\d {2}workloads {2}21 resources in .*$/mu)
  expect(stdout).toMatch(
    /^Rendered because overlays\/workloads\/resources\/image-puller.yaml changed\.\nWaiting for a change\. Ctrl-C quits\.$/mu,
  )
  expect(stdout).toMatch(/^\d\d:\d\d:\d\d {2}testing {4}92 resources in .*, nothing changed$/mu)
  expect(stderr).toMatch(/^workloads\nerror: .*image-puller\.yaml:/mu)
  expect(signal).toBe('SIGINT')
})

test('watch --json prints an object for each render', async () => {
  const { kustom, setImage } = await copyWorkspace()
  const steps: Step<number>[] = [
    { when: '"resources":21', act: () => setImage('registry.example/changed:1') },
    { when: '"change":"changed"', act: (pid) => process.kill(pid, 'SIGTERM') },
  ]
  const { signal, stdout } = await runCommand(['watch', 'workloads', '-C', kustom, '--json'], {
    onText: followSteps(steps),
  })
  const rounds = stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  expect(rounds.at(-1)).toMatchObject({
    changed: [expect.stringContaining('image-puller.yaml')],
    overlays: [{ overlay: 'workloads', resources: 21, changes: [{ change: 'changed' }] }],
  })
  expect(signal).toBe('SIGTERM')
})

const missing = skipReason('terminal')

test.skipIf(missing !== '')(
  `keys: d shows the diff since the start, a watches all overlays, r renders again, q quits${missing}`,
  async () => {
    const { kustom, setImage } = await copyWorkspace()
    const steps: Step<{ type(keys: string): void }>[] = [
      { when: 'Keys: r render,', act: () => setImage('registry.example/changed:1') },
      { when: '1 changed', act: ({ type }) => type('d') },
      { when: 'Since the watch started', act: ({ type }) => type('a') },
      { when: 'control-plane', act: ({ type }) => type('r') },
      { when: 'nothing changed', act: ({ type }) => type('q') },
    ]
    const { status, printed } = await runAtTerminal(
      ['watch', 'workloads', '-C', kustom, '--no-cache'],
      followSteps(steps),
    )
    expect(steps).toEqual([])
    expect(printed).toContain('\u001b[2J')
    expect(status).toBe(0)
  },
)
