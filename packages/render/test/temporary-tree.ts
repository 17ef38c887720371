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

/** A file's text, or the target of a link written as `-> target`. */
export type Tree = Readonly<Record<string, string>>

/** Lays a tree of files in a temporary folder that is gone after the test. */
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

/** The reverse of `layTree`, with sorted names. */
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
