import { resolve } from 'node:path'

import type { Overlay } from './overlays.ts'
import { readInput } from './read-input.ts'
import type { Stage } from './stage.ts'

/**
 * The bytes of a staged file for an expression's `load`: `name` is relative to the overlay, links are followed, and
 * nothing outside the stage's boundary is read.
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
