import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { makeTemporaryFolder, readBytes } from '../src/index.ts'

async function makeFolder(): Promise<string> {
  const folder = await makeTemporaryFolder('read-file-test')
  onTestFinished(() => folder.dispose())
  return folder.path
}

/** Bytes that differ from one place to the next. */
const bytesOf = (length: number): Buffer =>
  Buffer.from(Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) & 0xff))

test.each([0, 1, 2 ** 20 - 1, 2 ** 20, 2 ** 20 + 1, 5 * 2 ** 20 + 3])(
  'reads a file of %d bytes',
  async (length) => {
    const folder = await makeFolder()
    const bytes = bytesOf(length)
    writeFileSync(join(folder, 'file'), bytes)
    symlinkSync('file', join(folder, 'link'))
    const read = await Promise.all(
      ['file', 'link', 'file'].map(async (name) => readBytes(join(folder, name))),
    )
    expect(read.map((each) => Buffer.compare(each, bytes))).toEqual([0, 0, 0])
  },
)

test('a large file that becomes shorter while it is read ends where it ends', async () => {
  const folder = await makeFolder()
  const file = join(folder, 'file')
  const bytes = bytesOf(64 * 2 ** 20)
  writeFileSync(file, bytes)
  const reading = readBytes(file)
  truncateSync(file, 2 ** 20)
  const read = await reading
  expect(read.length).toBeGreaterThanOrEqual(2 ** 20)
  expect(Buffer.compare(read, bytes.subarray(0, read.length))).toBe(0)
})

test('a folder, a missing file and a device are told by name', async () => {
  const folder = await makeFolder()
  mkdirSync(join(folder, 'folder'))
  await expect(readBytes(join(folder, 'folder'), 'a.yaml')).rejects.toThrow(
    'cannot read a.yaml: it is a folder',
  )
  await expect(readBytes(join(folder, 'missing'), 'b.yaml')).rejects.toThrow('b.yaml does not exist')
  await expect(readBytes('/dev/zero', 'c.yaml')).rejects.toThrow('cannot read c.yaml')
})
