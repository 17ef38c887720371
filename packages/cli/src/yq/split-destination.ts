import { mkdirSync, writeFileSync } from 'node:fs'
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

/** One file for each result, made with its folders as the results come. */
export function splitDestination({ folder, extension, nameOf }: SplitOptions): Destination {
  let count = 0
  return {
    write(text, node) {
      const given = nameOf(node, count)
      const name = /\.[a-zA-Z0-9]+$/.test(given) ? given : `${given}.${extension}`
      writeFile(resolve(folder, name), name, bytesOfText(text))
      count++
    },
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
    writeFileSync(path, bytes)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === undefined) throw error
    throw new YqFault({ code: 'unsupported', message: `cannot write ${shown}: ${errno}`, cause: error })
  }
}
