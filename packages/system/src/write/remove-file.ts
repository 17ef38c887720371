import { rmdirSync, unlinkSync } from 'node:fs'

import { errnoOf, SystemFault, writeFault } from '../system-fault.ts'
import { atPlace, type OutputOptions, type OutputPlace } from './output-path.ts'

/**
 * Removes a file; one that is not there is fine.
 *
 * @throws SystemFault `link-in-output` or `not-writable`
 */
export function removeFile(path: string, options: OutputOptions): void {
  change(path, options, ({ folder, name }) => unlinkSync(folder.at(name)), ['ENOENT', 'ENOTDIR'])
}

/**
 * Removes a folder that is empty; one that still holds something stays.
 *
 * @returns whether it is gone
 * @throws SystemFault `link-in-output` or `not-writable`
 */
export function removeEmptyFolder(path: string, options: OutputOptions): boolean {
  return change(path, options, ({ folder, name }) => rmdirSync(folder.at(name)), [
    'ENOTEMPTY',
    'EEXIST',
    'ENOENT',
    'ENOTDIR',
  ])
}

function change(
  path: string,
  { guarded, shown = path }: OutputOptions,
  work: (place: OutputPlace) => void,
  fine: readonly string[],
): boolean {
  try {
    atPlace(path, { guarded, shown }, work)
    return true
  } catch (error) {
    if (fine.includes(errnoOf(error) ?? '')) return false
    throw error instanceof SystemFault ? error : writeFault(error, shown)
  }
}
