import { join } from 'node:path'

import {
  makeOutputFolder,
  type OutputOptions,
  removeEmptyFolder,
  removeFile,
  writeAtomically,
} from '@overlay-render/system'

import type { GoldenAccess } from './read-golden.ts'

/** Write access to the files of a store. No link is followed on the way to one. Paths are relative to the store. */
export interface GoldenWriter {
  /** Writes a file atomically. */
  write(path: string, bytes: Uint8Array): void
  /** Removes a file, and the folders that it leaves empty. */
  remove(path: string): void
}

/**
 * Creates the store's folder.
 *
 * @throws SystemFault `link-in-output`, `not-writable` or `disk-full`, as its functions do
 */
export function openToWrite({
  folder,
  guarded,
  shown,
}: Pick<GoldenAccess, 'folder' | 'guarded' | 'shown'>): GoldenWriter {
  const closed = [...guarded, makeOutputFolder(folder, { guarded, shown })]
  const optionsFor = (path: string): OutputOptions => ({ guarded: closed, shown: `${shown}/${path}` })
  const placeOf = (path: string): string => join(folder, ...path.split('/'))
  return {
    write: (path, bytes) => writeAtomically(placeOf(path), bytes, optionsFor(path)),
    remove(path) {
      removeFile(placeOf(path), optionsFor(path))
      const parts = path.split('/').slice(0, -1)
      for (; parts.length > 0; parts.pop()) {
        const above = parts.join('/')
        if (!removeEmptyFolder(placeOf(above), optionsFor(above))) return
      }
    },
  }
}
