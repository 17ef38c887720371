import { spawnSync } from 'node:child_process'
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { sweepTemporaryFolders } from '../src/temporary/sweep.ts'
import { makeTemporaryFolder } from '../src/temporary/temporary-folder.ts'

let parent: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'temporary-test-'))
})
afterEach(() => {
  rmSync(parent, { recursive: true, force: true })
})

/** The name of a folder of this process, with one field changed. */
async function nameWith(field: 'pid' | 'started' | 'namespace', value: string): Promise<string> {
  const folder = await makeTemporaryFolder('stage')
  await folder.dispose()
  const parts = basename(folder.path).split('-')
  parts[{ pid: 3, started: 4, namespace: 5 }[field]] = value
  return parts.join('-')
}

/** The pid of a process that has ended. */
const endedPid = (): string => String(spawnSync('true').pid)

function lay(name: string): string {
  mkdirSync(join(parent, name))
  writeFileSync(join(parent, name, 'token'), 'secret')
  return join(parent, name)
}

test.skipIf(process.platform === 'win32')(
  'folders of a killed process are removed (skipped on Windows)',
  async () => {
    const dead = lay(await nameWith('pid', endedPid()))
    sweepTemporaryFolders(parent)
    expect(existsSync(dead)).toBe(false)
  },
)

test.skipIf(process.platform !== 'linux')(
  'a folder whose pid was reused is removed (skipped except on Linux)',
  async () => {
    const dead = lay(await nameWith('started', '1'))
    sweepTemporaryFolders(parent)
    expect(existsSync(dead)).toBe(false)
  },
)

test('folders of live processes and folders with similar names stay', async () => {
  const folder = await makeTemporaryFolder('stage')
  const parts = basename(folder.path).split('-')
  const kept = [
    lay(basename(folder.path)),
    lay(await nameWith('namespace', '42')),
    lay(`overlay-render-stage-${endedPid()}-1-AbCdEf`),
    lay(`overlay-render-stage-${endedPid()}-1-1-../..`.replaceAll('/', '_')),
    lay(`my-${parts.join('-')}`),
  ]
  sweepTemporaryFolders(parent)
  sweepTemporaryFolders(dirname(folder.path))
  expect(kept.map(existsSync)).toEqual(kept.map(() => true))
  expect(existsSync(folder.path)).toBe(true)
  await folder.dispose()
})

test.skipIf(process.platform === 'win32')('links are not followed (skipped on Windows)', async () => {
  const target = lay('mine')
  symlinkSync(target, join(parent, await nameWith('pid', endedPid())))
  const dead = lay((await nameWith('pid', endedPid())).replace('stage', 'build'))
  symlinkSync(target, join(dead, 'link'))
  sweepTemporaryFolders(parent)
  expect(existsSync(join(target, 'token'))).toBe(true)
  expect(existsSync(dead)).toBe(false)
})

test.skipIf(process.getuid?.() !== 0)(
  "another user's folders stay (skipped: needs root to create one)",
  async () => {
    const foreign = lay(await nameWith('pid', endedPid()))
    chownSync(foreign, 65534, 65534)
    sweepTemporaryFolders(parent)
    expect(existsSync(foreign)).toBe(true)
  },
)

test.skipIf(process.platform !== 'linux' || !existsSync('/dev/shm'))(
  'a folder is created in memory if enough is free (skipped without /dev/shm)',
  async () => {
    const folder = await makeTemporaryFolder('stage', { memory: 1 })
    expect(dirname(folder.path)).toBe('/dev/shm')
    expect(statSync(folder.path).mode & 0o777).toBe(0o700)
    await folder.dispose()
    const large = await makeTemporaryFolder('stage', { memory: Number.MAX_SAFE_INTEGER })
    expect(dirname(large.path)).not.toBe('/dev/shm')
    await large.dispose()
  },
)

test('a missing TMPDIR is reported', async () => {
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = join(parent, 'nowhere')
  try {
    await expect(makeTemporaryFolder('stage')).rejects.toMatchObject({
      sentence: `the folder for temporary files, ${join(parent, 'nowhere')}, does not exist`,
      hint: expect.stringContaining('TMPDIR'),
    })
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
})
