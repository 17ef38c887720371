import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'

import { parseManifests } from '../src/index.ts'
import { goldenMatchers } from '../src/vitest.ts'

expect.extend(goldenMatchers)

const MANIFESTS = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  key: one\n'
const CHANGED = MANIFESTS.replace('one', 'two')

let folder = ''
let golden = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overlay-render-matcher-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  golden = join(folder, 'production.yaml')
  writeFileSync(golden, MANIFESTS)
})

describe('toMatchGolden', () => {
  test('takes text, bytes, parsed manifests and a render', async () => {
    const objects = parseManifests(MANIFESTS, { file: 'rendered' })
    for (const subject of [MANIFESTS, Buffer.from(MANIFESTS), objects, { objects }]) {
      await expect(subject).toMatchGolden(golden)
    }
    await expect(CHANGED).not.toMatchGolden(golden)
  })

  test('fails with a report of each change, and the command that accepts it', async () => {
    await expect(expect(CHANGED).toMatchGolden(golden)).rejects.toThrow(
      /differ from .*production\.yaml[^]*ConfigMap a[^]*data\.key[^]*- one[^]*\+ two[^]*To accept: vitest -u/u,
    )
    await expect(expect(1 as never).toMatchGolden(golden)).rejects.toThrow(/expects manifests as text/u)
  })

  test('takes the rules of a workspace', async () => {
    await expect(CHANGED).toMatchGolden(golden, {
      rules: { ignore: [{ kind: 'ConfigMap', path: '$.data' }] },
    })
  })

  // As vitest calls a matcher: with -u, without, and in CI.
  const match = async (mode: 'all' | 'new' | 'none', isNot = false): Promise<boolean> => {
    const state = { isNot, testPath: join(folder, 'a.test.ts'), snapshotState: { snapshotUpdateState: mode } }
    return (await goldenMatchers.toMatchGolden.call(state, CHANGED, 'production.yaml')).pass
  }

  test.each([
    { mode: 'all', there: true, passes: true, holds: CHANGED },
    { mode: 'all', there: false, passes: true, holds: CHANGED },
    { mode: 'new', there: true, passes: false, holds: MANIFESTS },
    { mode: 'new', there: false, passes: true, holds: CHANGED },
    { mode: 'none', there: true, passes: false, holds: MANIFESTS },
  ] as const)(
    'with update mode $mode and a golden there: $there, it passes: $passes',
    async ({ mode, there, passes, holds }) => {
      if (!there) rmSync(golden)
      expect(await match(mode)).toBe(passes)
      expect(readFileSync(golden, 'utf8')).toBe(holds)
    },
  )

  test('a negated matcher writes nothing', async () => {
    expect(await match('all', true)).toBe(false)
    expect(readFileSync(golden, 'utf8')).toBe(MANIFESTS)
  })
})
