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

import { makeTemporaryFolder, type ReadOpen, readConsistent, type TemporaryFolder } from '../src/index.ts'

const OLD = 'a'.repeat(100)
const NEW = 'b'.repeat(100)

let scratch: TemporaryFolder
let file: string
beforeEach(async () => {
  scratch = await makeTemporaryFolder('read-consistent-test')
  file = join(scratch.path, 'file')
  writeFileSync(file, OLD)
})
afterEach(async () => {
  vi.useRealTimers()
  await scratch.dispose()
})

/** A reader that changes the file in the middle of each read, until all changes are used. */
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

/** Moves the clock forward, so that the file's last change is old. */
function settle(): void {
  vi.useFakeTimers({ now: Date.now() + 60_000, toFake: ['Date'] })
}

const CHANGES: readonly (readonly [string, () => void])[] = [
  ['it is overwritten', () => writeFileSync(file, NEW)],
  ['it grows', () => appendFileSync(file, NEW)],
  ['it shrinks', () => writeFileSync(file, 'short')],
  ['it is emptied', () => writeFileSync(file, '')],
  [
    'it is overwritten, and its times are set back',
    () => {
      writeFileSync(file, NEW)
      utimesSync(file, 1_000_000_000, 1_000_000_000)
    },
  ],
  ['its permissions change', () => chmodSync(file, 0o600)],
]

test.each(CHANGES)('a read never mixes two versions of a file: %s', (_title, change) => {
  for (const isOld of [true, false]) {
    writeFileSync(file, OLD)
    if (isOld) settle()
    else vi.useRealTimers()
    const { read, reads } = changing([change])
    const { bytes } = readConsistent(file, read)
    expect(bytes.toString()).toBe(readFileSync(file, 'utf8'))
    expect(reads()).toBeGreaterThan(1)
  }
})

test('a change within one clock tick, which leaves the times as they are, is detected', () => {
  const at = Date.now() / 1000
  utimesSync(file, at, at)
  // As when an editor writes twice: the first read matches no version of the file.
  const { read } = changing([() => writeFileSync(file, NEW)])
  let first = true
  const torn: ReadOpen = (open) => {
    if (!first) return read(open)
    first = false
    return Buffer.from('torn'.padEnd(100, '.'))
  }
  expect(readConsistent(file, torn).bytes.toString()).toBe(NEW)
})

test('a file that is replaced during the read does not mix with the new one', () => {
  settle()
  const { read } = changing([
    () => {
      writeFileSync(`${file}.new`, NEW)
      renameSync(`${file}.new`, file)
    },
  ])
  const { bytes } = readConsistent(file, read)
  expect([OLD, NEW]).toContain(bytes.toString())
})

test('a file that keeps changing is an error', () => {
  const changes = Array.from(
    { length: 100 },
    (_, index) => () => writeFileSync(file, OLD + 'x'.repeat(index)),
  )
  expect(() => readConsistent(file, changing(changes).read)).toThrow(
    expect.objectContaining({ code: 'ECHANGED' }),
  )
})

test('an unchanged file is read once', () => {
  settle()
  const { read, reads } = changing([])
  expect(readConsistent(file, read).bytes.toString()).toBe(OLD)
  expect(reads()).toBe(1)
})

const OTHERS: readonly (readonly [string, () => void, string])[] = [
  ['a folder', () => mkdirSync(file), 'ENOTFILE'],
  ['a link', () => symlinkSync('elsewhere', file), 'ENOTFILE'],
  ['nothing', () => undefined, 'ENOENT'],
]

test.each(OTHERS)('%s is not read as a file', (_title, create, code) => {
  rmSync(file)
  create()
  expect(() => readConsistent(file)).toThrow(code)
})
