import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'

import { SystemFault, writeAtomically } from '@overlay-render/system'
import { bytesOfText, type Node, YqFault } from '@overlay-render/yq'

import type { Destination } from './destination.ts'

/** Where `--split-exp` writes the results. */
export interface SplitOptions {
  readonly folder: string
  /** The extension for names without one, without the dot. */
  readonly extension: string
  /** The name of the file for a result. @param index how many results were written before */
  readonly nameOf: (node: Node, index: number) => string
}

/** One file for each result, created with its folders when the result is printed. */
export function splitDestination({ folder, extension, nameOf }: SplitOptions): Destination {
  let count = 0
  let name = ''
  return {
    begin(node) {
      const given = nameOf(node, count)
      name = /\.[a-zA-Z0-9]+$/.test(given) ? given : `${given}.${extension}`
      count++
      // Created empty first, as in yq, so that it exists even if the result cannot be printed.
      writeResult(name, folder, new Uint8Array())
    },
    write: (text) => writeResult(name, folder, bytesOfText(text)),
    append() {
      throw new YqFault({
        code: 'unsupported',
        message: 'front matter cannot be processed into several files',
        hint: 'leave out --split-exp, or use --front-matter=extract',
      })
    },
    finish: () => Promise.resolve(),
  }
}

/** Names come from data, so no link below the working folder is followed. */
function writeResult(name: string, folder: string, bytes: Uint8Array): void {
  try {
    // Written at once, since results before a fault are kept.
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
