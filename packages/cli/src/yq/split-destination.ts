import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

import { errnoOf } from '@overlay-render/system'
import { bytesOfText, type Node, YqFault } from '@overlay-render/yq'

import type { Destination } from './destination.ts'

export interface SplitOptions {
  readonly folder: string
  /** Without the point; for names that have no extension. */
  readonly extension: string
  /** The name of the file for a result, of which `index` have been written. */
  readonly nameOf: (node: Node, index: number) => string
}

/** One file for each result, made with its folders when its turn comes. */
export function splitDestination({ folder, extension, nameOf }: SplitOptions): Destination {
  let count = 0
  let name = ''
  return {
    begin(node) {
      const given = nameOf(node, count)
      name = /\.[a-zA-Z0-9]+$/.test(given) ? given : `${given}.${extension}`
      count++
      // Made empty at once, as yq does: it is there even when the result cannot be printed.
      writeFile(resolve(folder, name), name, new Uint8Array())
    },
    write: (text) => writeFile(resolve(folder, name), name, bytesOfText(text)),
    append() {
      throw new YqFault({
        code: 'unsupported',
        message: 'front matter cannot be processed into several files',
        hint: 'leave out --split-exp, or say --front-matter=extract',
      })
    },
    finish: () => Promise.resolve(),
  }
}

function writeFile(path: string, shown: string, bytes: Uint8Array): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o750 })
    // By way of a temporary name, like all writes; at once, because what was printed before a fault stays.
    const temporary = `${path}.${process.pid}.tmp`
    writeFileSync(temporary, bytes)
    renameSync(temporary, path)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === undefined) throw error
    throw new YqFault({ code: 'unsupported', message: `cannot write ${shown}: ${errno}`, cause: error })
  }
}
