import { rmdirSync, unlinkSync } from 'node:fs'

import { errnoOf, SystemFault, writeFault } from '../system-fault.ts'
import { withOutputTarget, type OutputOptions, type OutputTarget } from './output-path.ts'

/**
 * Removes a file if it exists.
 *
 * @throws SystemFault `link-in-output` or `not-writable`
 */
export function removeFile(path: string, options: OutputOptions): void {
  change(path, options, ({ folder, name }) => unlinkSync(folder.at(name)), ['ENOENT', 'ENOTDIR'])
}

/**
 * Removes a folder if it is empty.
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
  work: (place: OutputTarget) => void,
  fine: readonly string[],
): boolean {
  try {
    withOutputTarget(path, { guarded, shown }, work)
    return true
  } catch (error) {
    if (fine.includes(errnoOf(error) ?? '')) return false
    throw error instanceof SystemFault ? error : writeFault(error, shown)
  }
}
