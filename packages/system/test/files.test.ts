import { writeFault } from '../src/system-fault.ts'
import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { readBytes } from '../src/read-file.ts'
import { makeTemporaryFolder, removeTemporaryFolders } from '../src/temporary/temporary-folder.ts'
import { writeAtomically } from '../src/write/atomic-write.ts'
import { writeTo } from '../src/write/write-to.ts'

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'files-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('writing a file creates its folders and leaves no temporary file', () => {
  const folder = scratch()
  writeAtomically(join(folder, 'a/b.yaml'), 'x: 1\n', { mode: 0o600, guarded: [] })
  expect(readFileSync(join(folder, 'a/b.yaml'), 'utf8')).toBe('x: 1\n')
  expect(statSync(join(folder, 'a/b.yaml')).mode & 0o777).toBe(0o600)
  expect(readdirSync(join(folder, 'a'))).toEqual(['b.yaml'])
})

test('an existing file keeps its mode', () => {
  const path = join(scratch(), 'a')
  writeFileSync(path, 'old')
  chmodSync(path, 0o640)
  writeAtomically(path, new Uint8Array([1, 2]), { guarded: [] })
  expect([...readFileSync(path)]).toEqual([1, 2])
  expect(statSync(path).mode & 0o777).toBe(0o640)
})

test('a failed write shows the path that the user knows', () => {
  const folder = scratch()
  const write = (name: string): unknown =>
    writeAtomically(join(folder, name), '', { guarded: [], shown: `out/${name}` })
  writeFileSync(join(folder, 'file'), '')
  mkdirSync(join(folder, 'folder'))
  symlinkSync('loop', join(folder, 'loop'))
  expect(() => write('file/x')).toThrow('cannot write out/file/x: a part of the path is a file, not a folder')
  expect(() => write('folder')).toThrow('cannot write out/folder: it is a folder')
  expect(() => write('loop')).toThrow('cannot write out/loop: its symbolic links form a loop')
  expect(() => write('x'.repeat(300))).toThrow(/: the path is too long$/)
  expect(() => write('file/x')).toThrow(expect.objectContaining({ code: 'not-writable', blame: 'input' }))
})

test.skipIf(process.platform === 'win32')(
  'a pipe, a device or a socket is rejected at once, and not replaced',
  async () => {
    const folder = scratch()
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    await expect(readBytes(pipe, 'pipe')).rejects.toThrow('cannot read pipe: it is not a file but a pipe')
    await expect(readBytes('/dev/zero')).rejects.toThrow(/not a file but a device/)
    const server = createServer().listen(join(folder, 'socket'))
    await new Promise((resolve) => server.once('listening', resolve))
    await expect(readBytes(join(folder, 'socket'))).rejects.toThrow(/not a file but a socket/)
    server.close()
    expect(() => writeAtomically(pipe, 'x', { guarded: [] })).toThrow(/a device, a pipe or a socket/)
    expect(statSync(pipe).isFIFO()).toBe(true)
  },
)

test.skipIf(process.platform === 'win32')('a pipe and a device can be written to', async () => {
  const pipe = join(scratch(), 'pipe')
  execFileSync('mkfifo', [pipe])
  const reader = spawn('cat', [pipe])
  const text = 'x'.repeat(200_000)
  let read = ''
  reader.stdout.on('data', (chunk: Buffer) => (read += chunk.toString()))
  await writeTo(pipe, text, { guarded: [] })
  await new Promise((resolve) => reader.once('close', resolve))
  expect(read === text).toBe(true)
  await writeTo('/dev/null', text, { guarded: [] })
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
})

test('reading a missing file or a folder explains the error', async () => {
  const folder = scratch()
  await expect(readBytes(join(folder, 'no'), 'no.yaml')).rejects.toMatchObject({
    code: 'not-found',
    sentence: 'no.yaml does not exist',
  })
  await expect(readBytes(folder, 'dir')).rejects.toMatchObject({
    sentence: 'cannot read dir: it is a folder',
  })
})

test('a temporary folder is private, and is removed on dispose', async () => {
  const folder = await makeTemporaryFolder('test')
  expect(statSync(folder.path).mode & 0o777).toBe(0o700)
  writeFileSync(join(folder.path, 'x'), '')
  await folder.dispose()
  expect(existsSync(folder.path)).toBe(false)
})

test('an interrupt removes all temporary folders', async () => {
  const folders = [await makeTemporaryFolder('test'), await makeTemporaryFolder('test')]
  removeTemporaryFolders()
  expect(folders.map(({ path }) => existsSync(path))).toEqual([false, false])
})

test.each([
  ['EROFS', 'the file system is read-only', 'choose a path on another file system'],
  ['EACCES', 'permission is denied', 'choose another path, or change the permissions'],
  ['ENOSPC', 'the disk is full', 'free some space'],
  ['ENOTDIR', 'a part of the path is a file, not a folder', 'choose another path'],
])('a write that fails with %s has a reason and a hint', (code, reason, hint) => {
  const fault = writeFault(Object.assign(new Error(code), { code }), 'out/x')
  expect(fault.message).toBe(`cannot write out/x: ${reason}`)
  expect(fault.hint).toContain(hint)
})
