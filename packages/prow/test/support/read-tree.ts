import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import type { SourceFile } from '../../src/index.ts'

/** Every file below a folder, with its path relative to it. */
export function readTree(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => ({ path: path.replaceAll('\\', '/'), bytes: readFileSync(join(folder, path)) }))
}

/** A file with a text. */
export function fileOf(path: string, text: string): SourceFile {
  return { path, bytes: Buffer.from(text) }
}
