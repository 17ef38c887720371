import { statSync } from 'node:fs'

import { errnoOf } from '@overlay-render/system'

/** Whether a folder stands at `path`, links followed. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(errnoOf(error) ?? '')) return false
    throw error
  }
}
