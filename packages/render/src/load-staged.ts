import { resolve } from 'node:path'

import type { Overlay } from './overlays.ts'
import { readInput } from './read-input.ts'
import type { Stage } from './stage.ts'

/**
 * The content of a staged file for `load` in an expression. `name` is relative to the overlay, and links are followed. Nothing
 * outside the stage's boundary is read.
 *
 * @throws RenderFault `file-missing` or `outside-boundary`
 */
export function loadStaged(stage: Stage, overlay: Overlay, name: string): Uint8Array {
  return readInput(stage, resolve(overlay.folder, name), {
    subject: `load(${JSON.stringify(name)}): the file`,
    code: 'file-missing',
    hint: `the path is relative to the overlay's folder, ${overlay.path}`,
  }).bytes
}
