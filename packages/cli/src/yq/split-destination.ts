import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'

import { SystemFault, writeAtomically } from '@overlay-render/system'
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
      writeResult(name, folder, new Uint8Array())
    },
    write: (text) => writeResult(name, folder, bytesOfText(text)),
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

/** The names come from data: they lead through no link below the folder that the command works in. */
function writeResult(name: string, folder: string, bytes: Uint8Array): void {
  try {
    // At once, because what was printed before a fault stays.
    writeAtomically(resolve(folder, name), bytes, {
      folderMode: 0o750,
      guarded: [realpathSync(folder)],
      shown: name,
    })
  } catch (error) {
    if (!(error instanceof SystemFault)) throw error
    throw new YqFault({ code: 'unsupported', message: error.sentence, hint: error.hint, cause: error })
  }
}
