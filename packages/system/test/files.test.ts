import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { writeAtomically } from '../src/atomic-write.ts'
import { readBytes } from '../src/read-file.ts'
import { makeTemporaryFolder, removeTemporaryFolders } from '../src/temporary-folder.ts'

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'files-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('a file is written with its folders, and nothing else is left', async () => {
  const folder = scratch()
  await writeAtomically(join(folder, 'a/b.yaml'), 'x: 1\n', { mode: 0o600 })
  expect(readFileSync(join(folder, 'a/b.yaml'), 'utf8')).toBe('x: 1\n')
  expect(statSync(join(folder, 'a/b.yaml')).mode & 0o777).toBe(0o600)
  expect(readdirSync(join(folder, 'a'))).toEqual(['b.yaml'])
})

test('an existing file keeps its mode', async () => {
  const path = join(scratch(), 'a')
  writeFileSync(path, 'old')
  chmodSync(path, 0o640)
  await writeAtomically(path, new Uint8Array([1, 2]))
  expect([...readFileSync(path)]).toEqual([1, 2])
  expect(statSync(path).mode & 0o777).toBe(0o640)
})

test('a place that cannot be written is said as the user knows it', async () => {
  const folder = scratch()
  writeFileSync(join(folder, 'file'), '')
  await expect(writeAtomically(join(folder, 'file/x'), '', { shown: 'out/x' })).rejects.toMatchObject({
    code: 'not-writable',
    sentence: expect.stringMatching(/^cannot write out\/x: /),
    blame: 'input',
  })
  mkdirSync(join(folder, 'folder'))
  await expect(writeAtomically(join(folder, 'folder'), '')).rejects.toMatchObject({ code: 'not-writable' })
})

test('a file that is missing, or a folder, is said', async () => {
  const folder = scratch()
  await expect(readBytes(join(folder, 'no'), 'no.yaml')).rejects.toMatchObject({
    code: 'not-found',
    sentence: 'no.yaml does not exist',
  })
  await expect(readBytes(folder, 'dir')).rejects.toMatchObject({
    sentence: 'cannot read dir: it is a folder',
  })
})

test('a temporary folder is private, and goes', async () => {
  const folder = await makeTemporaryFolder('test')
  expect(statSync(folder.path).mode & 0o777).toBe(0o700)
  writeFileSync(join(folder.path, 'x'), '')
  await folder.dispose()
  expect(existsSync(folder.path)).toBe(false)
})

test('all of them go when the program is interrupted', async () => {
  const folders = [await makeTemporaryFolder('test'), await makeTemporaryFolder('test')]
  removeTemporaryFolders()
  expect(folders.map(({ path }) => existsSync(path))).toEqual([false, false])
})
