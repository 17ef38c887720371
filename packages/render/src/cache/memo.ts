import { statSync } from 'node:fs'
import { deserialize, serialize } from 'node:v8'

import { errnoOf, isSettled, keepsChangeTimes, stateOf } from '@overlay-render/system'

import { keyOf } from './key.ts'
import type { RecordStore } from './record-store.ts'

/**
 * The result of `work`, or of an earlier run with the same parts. Errors and undefined are not kept.
 *
 * @param parts all that the value depends on; the first says what it is
 */
export async function remembered<Value>(
  store: RecordStore | undefined,
  parts: readonly string[],
  work: () => Promise<Value>,
): Promise<Value> {
  return recallOr(store, parts, work, () => true)
}

/** Remembers a result about a file for as long as the file's size, times, inode and device stay the same. */
export type RememberFile = <Value>(
  parts: readonly string[],
  path: string,
  work: () => Promise<Value>,
) => Promise<Value>

/** A `RememberFile` that keeps results in the store; without a store it runs the work each time. */
export function rememberFile(store: RecordStore | undefined): RememberFile {
  return async (parts, path, work) => {
    const before = stampIfSettled(path)
    if (before === undefined) return work()
    return recallOr(store, ['file', ...parts, path, before], work, () => stampIfSettled(path) === before)
  }
}

/** @param isUnchanged called after the work: whether the parts still hold */
async function recallOr<Value>(
  store: RecordStore | undefined,
  parts: readonly string[],
  work: () => Promise<Value>,
  isUnchanged: () => boolean,
): Promise<Value> {
  if (store === undefined) return work()
  const key = keyOf('memo', ...parts)
  const kept = recall<Value>(store, key)
  if (kept !== undefined) return kept.value
  const value = await work()
  if (value !== undefined && isUnchanged()) store.put(key, serialize(value))
  return value
}

function recall<Value>(store: RecordStore, key: string): { readonly value: Value } | undefined {
  const record = store.get(key)
  if (record === undefined) return undefined
  try {
    // The key holds the kind of the value and the version of the tool, so it is what was put there.
    return { value: deserialize(record) as Value }
  } catch {
    // Written by a later version of Node.
    return undefined
  }
}

function stampIfSettled(path: string): string | undefined {
  try {
    const entry = statSync(path, { bigint: true })
    return entry.isFile() && isSettled(entry) && keepsChangeTimes(path, entry) ? stateOf(entry) : undefined
  } catch (error) {
    if (errnoOf(error) === undefined) throw error
    return undefined
  }
}
