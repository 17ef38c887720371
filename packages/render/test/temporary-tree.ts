import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { onTestFinished } from 'vitest'

/** Files by path: the text, or `-> target` for a symbolic link. */
export type Tree = Readonly<Record<string, string>>

/** Writes a tree of files to a temporary folder, which is removed after the test. Returns its path. */
export function layTree(files: Tree): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'overlay-render-test-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    if (text.startsWith('-> ')) symlinkSync(text.slice(3), path)
    else writeFileSync(path, text)
  }
  return folder
}

/** Reads a tree that `layTree` wrote, with sorted paths. */
export function readTree(folder: string): Tree {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return Object.fromEntries(
    names.flatMap((name) => {
      const path = join(folder, name)
      const stats = lstatSync(path)
      if (stats.isSymbolicLink()) return [[name, `-> ${readlinkSync(path)}`]]
      return stats.isFile() ? [[name, readFileSync(path, 'utf8')]] : []
    }),
  )
}
