import { stat } from 'node:fs/promises'
import { delimiter, isAbsolute, join } from 'node:path'

import { errnoOf } from './system-fault.ts'

/** The file name of a program on this platform. */
export function programName(name: string): string {
  return process.platform === 'win32' ? `${name}.exe` : name
}

/**
 * Every program with that name on PATH, in order, as absolute paths. Relative folders on PATH are skipped: they depend on the
 * current folder, which may come from a pull request.
 */
export async function findProgram(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string[]> {
  const found: string[] = []
  for (const folder of new Set((env['PATH'] ?? env['Path'] ?? '').split(delimiter))) {
    if (!isAbsolute(folder)) continue
    const path = join(folder, programName(name))
    if (await isExecutable(path)) found.push(path)
  }
  return found
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    const entry = await stat(path)
    return entry.isFile() && (process.platform === 'win32' || (entry.mode & 0o111) !== 0)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === 'ENOENT' || errno === 'ENOTDIR' || errno === 'EACCES' || errno === 'ELOOP') return false
    throw error
  }
}
