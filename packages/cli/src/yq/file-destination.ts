import { resolve } from 'node:path'

import { bytesOfText } from '@overlay-render/yq'

import { requireFile } from './input-file.ts'
import type { Destination } from './destination.ts'

/** The file that `-i` changes: replaced atomically at the end, with its mode and owner, or left unchanged. */
export function fileDestination(name: string, folder: string): Destination {
  const pieces: Uint8Array[] = []
  requireFile(name, folder)
  return {
    write: (text) => void pieces.push(bytesOfText(text)),
    append: (bytes) => void pieces.push(bytes),
    async finish() {
      const { writeAtomically } = await import('@overlay-render/system')
      writeAtomically(resolve(folder, name), Buffer.concat(pieces), { guarded: [], shown: name })
    },
  }
}
