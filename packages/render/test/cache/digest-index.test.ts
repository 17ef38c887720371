import { lstatSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { digestOf, stateOf } from '@overlay-render/system'
import { afterEach, expect, test, vi } from 'vitest'

import { DigestIndex } from '../../src/cache/digest-index.ts'
import { keyOf } from '../../src/cache/key.ts'
import { RecordStore } from '../../src/cache/record-store.ts'
import { layTree } from '../temporary-tree.ts'

const MINUTE = 60_000
const WRONG = 'f'.repeat(64)

afterEach(() => void vi.useRealTimers())

/** A file, and an index that was saved at `written` with a wrong digest of it. */
function lay(written: number): { readonly store: RecordStore; readonly file: string } {
  const file = join(layTree({ 'a.yaml': 'a: 1\n' }), 'a.yaml')
  const store = new RecordStore(layTree({}), 1e6)
  const line = `${stateOf(lstatSync(file, { bigint: true }))} ${WRONG} ${file}`
  store.put(keyOf('digests', 'here'), Buffer.from([String(written), line].join('\0')))
  return { store, file }
}

test('the saved digest of a file is used while its state on disk is unchanged', () => {
  const { store, file } = lay(Date.now() - MINUTE)
  expect(new DigestIndex(store, 'here').digestOf(file)).toBe(WRONG)
  writeFileSync(file, 'a: 2\n')
  expect(new DigestIndex(store, 'here').digestOf(file)).toBe(digestOf(Buffer.from('a: 2\n')))
})

test('after the clock was set back, no saved digest is used', () => {
  const { store, file } = lay(Date.now() + MINUTE)
  expect(new DigestIndex(store, 'here').digestOf(file)).toBe(digestOf(Buffer.from('a: 1\n')))
})

test.each([
  ['a file that was just written', 0, false],
  ['a file of the future', -MINUTE, false],
  ['a file that was not changed for a minute', MINUTE, true],
] as const)('the digest of %s, after %i ms, is saved: %s', (_title, later, isRemembered) => {
  const file = join(layTree({ 'a.yaml': 'a: 1\n' }), 'a.yaml')
  const store = new RecordStore(layTree({}), 1e6)
  vi.useFakeTimers({ now: lstatSync(file).ctimeMs + later, toFake: ['Date'] })
  const index = new DigestIndex(store, 'here')
  index.digestOf(file)
  index.save()
  expect(store.get(keyOf('digests', 'here')) !== undefined).toBe(isRemembered)
})

test('the digest of a file whose mtime was set back is not saved: its ctime tells when it changed', () => {
  const file = join(layTree({ 'a.yaml': 'a: 1\n' }), 'a.yaml')
  utimesSync(file, 1_000_000_000, 1_000_000_000)
  vi.useFakeTimers({ now: lstatSync(file).ctimeMs, toFake: ['Date'] })
  const store = new RecordStore(layTree({}), 1e6)
  const index = new DigestIndex(store, 'here')
  index.digestOf(file)
  index.save()
  expect(store.get(keyOf('digests', 'here'))).toBeUndefined()
})

test('a file that changes while it is read gets the digest of one of its states, and only that of its last state is saved', () => {
  const file = join(layTree({ 'a.yaml': 'a: 1\n' }), 'a.yaml')
  const store = new RecordStore(layTree({}), 1e6)
  vi.useFakeTimers({ now: Date.now() + MINUTE, toFake: ['Date'] })
  let isFirst = true
  const index = new DigestIndex(store, 'here', (open) => {
    const bytes = readFileSync(open)
    if (isFirst) writeFileSync(file, 'a: 2\n')
    isFirst = false
    return bytes
  })
  const now = digestOf(Buffer.from('a: 2\n'))
  expect(index.digestOf(file)).toBe(now)
  index.save()
  expect(new DigestIndex(store, 'here').digestOf(file)).toBe(now)
  expect(store.get(keyOf('digests', 'here'))?.toString()).not.toContain(digestOf(Buffer.from('a: 1\n')))
})
