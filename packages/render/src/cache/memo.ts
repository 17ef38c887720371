import { statSync } from 'node:fs'
import { deserialize, serialize } from 'node:v8'

import { errnoOf, isSettled, stateOf } from '@overlay-render/system'

import { keyOf } from './key.ts'
import type { RecordStore } from './record-store.ts'

/**
 * What `work` gives for the same parts, from an earlier run where that is kept. What is thrown is not, and nothing (undefined) neither.
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

/** What a file turned out to be, remembered for as long as the disk says that it is the same file. */
export type RememberFile = <Value>(
  parts: readonly string[],
  path: string,
  work: () => Promise<Value>,
) => Promise<Value>

export function rememberFile(store: RecordStore | undefined): RememberFile {
  return async (parts, path, work) => {
    const before = stampIfSettled(path)
    if (before === undefined) return work()
    return recallOr(store, ['file', ...parts, path, before], work, () => stampIfSettled(path) === before)
  }
}

/** @param isStill asked after the work: whether its value is one of the parts still */
async function recallOr<Value>(
  store: RecordStore | undefined,
  parts: readonly string[],
  work: () => Promise<Value>,
  isStill: () => boolean,
): Promise<Value> {
  if (store === undefined) return work()
  const key = keyOf('memo', ...parts)
  const kept = recall<Value>(store, key)
  if (kept !== undefined) return kept.value
  const value = await work()
  if (value !== undefined && isStill()) store.put(key, serialize(value))
  return value
}

function recall<Value>(store: RecordStore, key: string): { readonly value: Value } | undefined {
  const record = store.get(key)
  if (record === undefined) return undefined
  try {
    // The key is over the kind of the value and the version of the tool, so it is what was put there.
    return { value: deserialize(record) as Value }
  } catch {
    // Written by a later Node.
    return undefined
  }
}

function stampIfSettled(path: string): string | undefined {
  try {
    const entry = statSync(path, { bigint: true })
    return entry.isFile() && isSettled(entry) ? stateOf(entry) : undefined
  } catch (error) {
    if (errnoOf(error) === undefined) throw error
    return undefined
  }
}
