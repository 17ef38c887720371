import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { makeTemporaryFolder, type ReadOpen, readSteady, type TemporaryFolder } from '../src/index.ts'

const OLD = 'a'.repeat(100)
const NEW = 'b'.repeat(100)

let scratch: TemporaryFolder
let file: string
beforeEach(async () => {
  scratch = await makeTemporaryFolder('read-steady-test')
  file = join(scratch.path, 'file')
  writeFileSync(file, OLD)
})
afterEach(async () => {
  vi.useRealTimers()
  await scratch.dispose()
})

/** Reads half of an open file, has it changed, and reads the rest; as often as there are changes. */
function changing(changes: readonly (() => void)[]): {
  readonly read: ReadOpen
  readonly reads: () => number
} {
  const pending = [...changes]
  let reads = 0
  return {
    reads: () => reads,
    read(open) {
      reads += 1
      const change = pending.shift()
      if (change === undefined) return readFileSync(open)
      const start = readFileSync(file).subarray(0, 50)
      change()
      return Buffer.concat([start, readFileSync(open).subarray(50)])
    },
  }
}

/** As if the file had been left alone for long before. */
function settle(): void {
  vi.useFakeTimers({ now: Date.now() + 60_000, toFake: ['Date'] })
}

const CHANGES: readonly (readonly [string, () => void])[] = [
  ['it is written over', () => writeFileSync(file, NEW)],
  ['it grows', () => appendFileSync(file, NEW)],
  ['it shrinks', () => writeFileSync(file, 'short')],
  ['it is emptied', () => writeFileSync(file, '')],
  [
    'it is written over, and its times are set back',
    () => {
      writeFileSync(file, NEW)
      utimesSync(file, 1_000_000_000, 1_000_000_000)
    },
  ],
  ['its permissions change', () => chmodSync(file, 0o600)],
]

test.each(CHANGES)('a file is never a mixture of two states: %s', (_title, change) => {
  for (const isOld of [true, false]) {
    writeFileSync(file, OLD)
    if (isOld) settle()
    else vi.useRealTimers()
    const { read, reads } = changing([change])
    const { bytes } = readSteady(file, read)
    expect(bytes.toString()).toBe(readFileSync(file, 'utf8'))
    expect(reads()).toBeGreaterThan(1)
  }
})

test('a change within one tick of the clock, which leaves no trace on the disk, is seen all the same', () => {
  const at = Date.now() / 1000
  utimesSync(file, at, at)
  // Two changes, as of an editor that writes twice: what the first read gives is of no state of the file.
  const { read } = changing([() => writeFileSync(file, NEW)])
  let first = true
  const torn: ReadOpen = (open) => {
    if (!first) return read(open)
    first = false
    return Buffer.from('torn'.padEnd(100, '.'))
  }
  expect(readSteady(file, torn).bytes.toString()).toBe(NEW)
})

test('a file that takes the place of the one that is read does not mix with it', () => {
  settle()
  const { read } = changing([
    () => {
      writeFileSync(`${file}.new`, NEW)
      renameSync(`${file}.new`, file)
    },
  ])
  const { bytes } = readSteady(file, read)
  expect([OLD, NEW]).toContain(bytes.toString())
})

test('a file that never comes to rest is an error', () => {
  const changes = Array.from(
    { length: 100 },
    (_, index) => () => writeFileSync(file, OLD + 'x'.repeat(index)),
  )
  expect(() => readSteady(file, changing(changes).read)).toThrow(
    expect.objectContaining({ code: 'ECHANGED' }),
  )
})

test('a file that is left alone is read once', () => {
  settle()
  const { read, reads } = changing([])
  expect(readSteady(file, read).bytes.toString()).toBe(OLD)
  expect(reads()).toBe(1)
})

const OTHERS: readonly (readonly [string, () => void, string])[] = [
  ['a folder', () => mkdirSync(file), 'ENOTFILE'],
  ['a link', () => symlinkSync('elsewhere', file), 'ENOTFILE'],
  ['nothing', () => undefined, 'ENOENT'],
]

test.each(OTHERS)('%s is no file', (_title, lay, code) => {
  rmSync(file)
  lay()
  expect(() => readSteady(file)).toThrow(code)
})
