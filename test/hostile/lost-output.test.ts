import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { beforeAll, describe, expect, test } from 'vitest'

import { build } from '../../scripts/build.js'
import { skipReason } from '../support/needs.ts'
import { root } from '../support/oracles.ts'
import { everyCommand, layForEveryCommand } from './support/every-command.ts'
import { laySmallWorkspace, type SmallWorkspace } from './support/small-workspace.ts'

// Outputs that are closed, full, without a reader or not regular files: the exit status is correct, and no device or pipe is replaced.

const COMMANDS: Readonly<Record<string, number>> = {
  'render x': 0,
  'render x --json': 0,
  'golden check': 1,
  'diff x golden:x': 2,
  'diff overlays/x/cm.yaml overlays/x/cm.yaml --format html': 0,
  'render nope': 2,
  '--version': 0,
}

/** Commands of `everyCommand` that print nothing, with the reason. */
const SILENT: Readonly<Record<string, string>> = { 'kubeconfig merge': 'it writes a file' }
/** Commands that do not end, with the reason. */
const ENDLESS: Readonly<Record<string, string>> = { watch: 'it ends by a signal alone' }

const skip = skipReason('kustomize')
const isAll = process.env['OVERLAY_RENDER_HOSTILE'] === 'all'
const hour = Math.floor(Date.now() / 3_600_000)
const bin = join(root, 'packages/cli/bin/overlay-render.js')

beforeAll(() => build({ force: false }))

/** Runs a shell line in which `$RUN` is the command. */
function shell(line: string, { folder, scratch }: SmallWorkspace) {
  return spawnSync('bash', ['-c', line], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 30_000,
    killSignal: 'SIGKILL',
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: scratch,
      XDG_CACHE_HOME: join(scratch, 'cache'),
      RUN: `${process.execPath} ${bin}`,
    },
  })
}

describe.skipIf(skip !== '')(`a command${skip}`, () => {
  const cases = Object.entries(COMMANDS).flatMap(([command, status]) =>
    ['>&-', '2>&-', '<&- >&- 2>&-', '> >(exec true)', '1<>/dev/null'].map((redirection) => ({
      command,
      status,
      redirection,
    })),
  )
  test.for(cases)('$command $redirection ends with $status', ({ command, status, redirection }) => {
    const result = shell(`$RUN ${command} ${redirection}`, laySmallWorkspace())
    expect(result.stderr).not.toMatch(/^\s+at |EBADF|EPIPE/mu)
    expect(result.status).toBe(status)
  })

  test.for(
    [...everyCommand()].filter(([name], at) => !(name in ENDLESS) && (isAll || (at + hour) % 2 === 0)),
  )('%s reports a full disk', ([name, args]) => {
    const { status, stderr } = shell(`$RUN ${args.join(' ')} > /dev/full`, layForEveryCommand())
    const said = /^error: cannot write the output: (.*)$/mu.exec(stderr)?.[1]
    expect([status, said]).toEqual(name in SILENT ? [0, undefined] : [3, 'the disk is full'])
  })

  test('manifests that cannot be printed are an error', () => {
    const { status, stderr } = shell('$RUN render x --stdout --quiet >&-', laySmallWorkspace())
    expect(stderr).toMatch(/^error: cannot write the output: standard output is closed$/mu)
    expect(status).toBe(3)
    expect(shell('$RUN render x --stdout --quiet > /dev/null', laySmallWorkspace()).status).toBe(0)
  })

  test('a report can be written to a device, a pipe and an open descriptor', () => {
    const workspace = laySmallWorkspace()
    const { folder } = workspace
    const report = '$RUN diff overlays/x/cm.yaml overlays/x/cm.yaml --quiet --report junit='
    expect(shell(`${report}/dev/null`, workspace).status).toBe(0)
    const full = shell(`${report}/dev/full`, workspace)
    expect(full.stderr).toMatch(/cannot write \/dev\/full: the disk is full/)
    expect(full.status).toBe(3)
    for (const device of ['/dev/null', '/dev/full']) expect(statSync(device).isCharacterDevice()).toBe(true)
    const isReport = /^<\?xml[^]*<\/testsuites>\s*$/u
    expect(shell(`${report}/dev/stdout`, workspace).stdout).toMatch(isReport)
    expect(shell(`${report}/dev/stderr`, workspace).stderr).toMatch(isReport)
    expect(shell(`${report}/dev/stdout | cat`, workspace).stdout).toMatch(isReport)
    expect(shell(`${report}/dev/fd/7 7>&1`, workspace).stdout).toMatch(isReport)
    expect(shell(`${report}>(cat)`, workspace).stdout).toMatch(isReport)
    shell(`echo first > out; ${report}/dev/stdout >> out; echo last >> out`, workspace)
    expect(readFileSync(join(folder, 'out'), 'utf8')).toMatch(/^first\n<\?xml[^]*<\/testsuites>\s*last\n$/u)
    execFileSync('mkfifo', [join(folder, 'pipe')])
    expect(shell(`(cat pipe > got) & ${report}pipe; wait; cat got`, workspace).stdout).toMatch(isReport)
    expect(statSync(join(folder, 'pipe')).isFIFO()).toBe(true)
    expect(shell(`${report}/dev/fd/99`, workspace).status).toBe(2)
    expect(shell(`${report}base`, workspace).stderr).toMatch(/cannot write base: it is a folder/)
  })
})

const INPUTS: Readonly<Record<string, string>> = {
  'overlay-render.yaml': 'render x',
  'overlay-render.lock': 'render x',
  'base/config.yaml': 'render x',
  'overlays/x/yq_scripts/config.yaml': 'render x',
  'overlays/x/kustomization.yaml': 'render x',
  'overlays/x/cm.yaml': 'render x',
  'golden/x.yaml': 'golden check',
  'side.yaml': 'diff side.yaml overlays/x/cm.yaml',
}

describe
  .skipIf(skip !== '')
  .for(['mkfifo $AT', 'python3 -c "import socket; socket.socket(socket.AF_UNIX).bind(\'$AT\')"'])(
  `an input made by %s${skip}`,
  (make) => {
    test.for(Object.entries(INPUTS))('at %s is refused at once by %s', ([at, command]) => {
      const workspace = laySmallWorkspace()
      const laid = shell(
        `mkdir -p $(dirname ${at}); rm -f ${at}; touch $(dirname ${at})/.keep; ${make.replace('$AT', at)}`,
        workspace,
      )
      expect(laid.stderr).toBe('')
      const { status, stderr, signal } = shell(`exec $RUN ${command}`, workspace)
      expect({ signal, stderr }).toEqual({
        signal: null,
        stderr: expect.stringMatching(/^(?:x: .*\n)*(?:x\n)?error: .*(?:not a file but a (?:pipe|socket))/u),
      })
      expect(stderr).not.toMatch(/fault of the program|^\s+at /mu)
      expect(status).toBe(2)
    })
  },
)
