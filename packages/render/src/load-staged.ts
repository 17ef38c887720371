import { resolve } from 'node:path'

import type { Overlay } from './overlays.ts'
import { RenderFault } from './render-fault.ts'
import type { Stage } from './stage.ts'

/**
 * The bytes of a staged file for an expression's `load`: `name` is relative to the overlay, links are followed, and
 * nothing outside the stage's boundary is read.
 *
 * @throws RenderFault `file-missing` or `outside-boundary`
 */
export function loadStaged(stage: Stage, overlay: Overlay, name: string): Uint8Array {
  const real = stage.realpath(resolve(overlay.folder, name))
  if (real === undefined || stage.kindOf(real) !== 'file') {
    throw new RenderFault({
      code: 'file-missing',
      message: `load(${JSON.stringify(name)}): the file does not exist`,
      hint: `the path is relative to the overlay's folder, ${overlay.path}`,
    })
  }
  stage.requireInside(real)
  return stage.readFile(real)
}
