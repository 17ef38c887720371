import { statSync } from 'node:fs'
import { deserialize, serialize } from 'node:v8'

import { errnoOf } from '@overlay-render/system'

import { isSettled, stampOf } from './file-stamp.ts'
import { keyOf } from './key.ts'
import type { RecordStore } from './record-store.ts'

/**
 * What `work` gives for the same parts, from an earlier run where that is kept. What is thrown is not.
 *
 * @param parts all that the value depends on; the first says what it is
 */
export async function remembered<Value>(
  store: RecordStore | undefined,
  parts: readonly string[],
  work: () => Promise<Value>,
): Promise<Value> {
  if (store === undefined) return work()
  const key = keyOf('memo', ...parts)
  const record = store.get(key)
  if (record !== undefined) {
    try {
      // The key is over the kind of the value and the version of the tool, so it is what was put there.
      return deserialize(record) as Value
    } catch {
      // Written by a later Node.
    }
  }
  const value = await work()
  store.put(key, serialize(value))
  return value
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
    return remembered(store, ['file', ...parts, path, before], async () => {
      const value = await work()
      if (stampIfSettled(path) === before) return value
      throw new ChangedMeanwhile(value)
    }).catch((error: unknown) => {
      if (error instanceof ChangedMeanwhile) return error.value as Awaited<ReturnType<typeof work>>
      throw error
    })
  }
}

/** Carries a value past the memory, which keeps nothing of what is thrown. */
class ChangedMeanwhile extends Error {
  readonly value: unknown

  constructor(value: unknown) {
    super('the file changed while it was read')
    this.value = value
  }
}

function stampIfSettled(path: string): string | undefined {
  try {
    const entry = statSync(path, { bigint: true })
    return entry.isFile() && isSettled(entry) ? stampOf(entry) : undefined
  } catch (error) {
    if (errnoOf(error) === undefined) throw error
    return undefined
  }
}
