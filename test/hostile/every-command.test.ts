import { beforeAll, describe, expect, test } from 'vitest'

import { build } from '../../scripts/build.js'
import { skipReason } from '../support/needs.ts'
import { everyCommand, layForEveryCommand } from './support/every-command.ts'
import { giveTo } from './support/small-workspace.ts'
import { isUntracked, layUntracked, strayWrites } from './support/strays.ts'
import { straceSkip, traceCommand } from './support/trace-command.ts'

// In an untrusted tree, every command reads only files that git tracks and writes only its outputs. The commands come from the command
// table, so new commands are tested too.

/** The top-level files or folders of the workspace that each command may write. Commands not listed may write nothing there. */
const OUTPUTS: Readonly<Record<string, readonly string[]>> = {
  init: ['bare'],
  render: ['rendered'],
  'golden update': ['golden'],
  vendor: ['vendor', 'overlay-render.lock'],
  'kustomize install': ['overlay-render.lock'],
  'kubeconfig merge': ['merged.yaml'],
}

/** Commands that are not traced, with the reason. */
const NOT_TRACED: Readonly<Record<string, string>> = {
  watch: 'it does not end, and each of its runs is that of render',
}

/** A Secret generated from a file that git ignores; `layUntracked` adds links to such files. */
const KUSTOMIZATION = {
  'overlays/x/kustomization.yaml':
    'resources: [cm.yaml]\nsecretGenerator: [{name: s, files: [secrets/token]}]\n',
}

const NOBODY = 65534
const isAll = process.env['OVERLAY_RENDER_HOSTILE'] === 'all'
/** When run by root, commands alternate between root and nobody, and swap every hour. OVERLAY_RENDER_HOSTILE=all runs each as both. */
const hour = Math.floor(Date.now() / 3_600_000)
const cases = [...everyCommand()]
  .filter(([name]) => !(name in NOT_TRACED))
  .flatMap(([name, args], at) => {
    const users = process.getuid?.() === 0 ? [undefined, NOBODY] : [undefined]
    const chosen = isAll ? users : [users[(at + hour) % users.length]]
    return chosen.map((uid) => ({ name, args, uid, user: uid === undefined ? 'this user' : 'nobody' }))
  })
const skip = skipReason('kustomize') + straceSkip()

beforeAll(() => build({ force: false }))

describe.skipIf(skip !== '')(`under strace${skip}`, () => {
  test.for(cases)('$name, as $user', ({ name, args, uid }) => {
    const workspace = layForEveryCommand()
    layUntracked(workspace, KUSTOMIZATION)
    if (uid !== undefined) giveTo(workspace.top, uid)
    const part = ['review', '--base', 'HEAD~1', '--shard', '1/1', '--report', 'part=part.json']
    if (name === 'report merge') traceCommand(part, workspace, { uid, trace: false })
    const { reads, writes, stdout, stderr, status } = traceCommand(args, workspace, { uid })
    expect(reads.filter((path) => isUntracked(path, workspace))).toEqual([])
    expect(strayWrites(writes, OUTPUTS[name] ?? [], workspace)).toEqual([])
    expect(stdout + stderr).not.toMatch(/CANARY|fault of the program|^\s+at /mu)
    expect(status).toBeLessThan(3)
  })
})
