import { dirname, resolve } from 'node:path'

import { Fault } from '@overlay-render/system'
import { compile, decodeText } from '@overlay-render/yq'

import type { Overlay } from './overlays.ts'
import { RenderFault } from './render-fault.ts'
import type { Stage } from './stage.ts'
import { CONFIG_FILE } from './workspace-config.ts'

/**
 * Applies the `edits` of an overlay to staged files, in order. An expression reads other staged files with
 * `load`, by paths relative to the overlay; it reaches nothing outside the stage's boundary, and neither the
 * environment nor programs.
 *
 * @throws RenderFault `edit-file-missing`, `edit-invalid` or `outside-boundary`, at the edit's line
 */
export function applyEdits(stage: Stage, overlay: Overlay): void {
  for (const edit of overlay.settings.edits) {
    const path = resolve(overlay.folder, edit.file)
    const real = stage.realpath(path)
    if (real === undefined || stage.kindOf(real) !== 'file') {
      throw new RenderFault({
        code: 'edit-file-missing',
        message: `the file to edit, ${edit.file}, does not exist`,
        position: edit.position,
        hint: `file is relative to the overlay's folder, ${overlay.path}`,
      })
    }
    try {
      const program = compile(edit.expression)
      const text = decodeText(stage.readFile(real))
      const output = program.print(text, {
        capabilities: { readFile: (name) => loadStaged(stage, overlay, name) },
      })
      stage.write(real, Buffer.from(output))
    } catch (error) {
      if (!(error instanceof Fault) || error instanceof RenderFault) throw error
      throw new RenderFault({
        code: 'edit-invalid',
        message: `the edit of ${edit.file} failed: ${error.sentence}`,
        position: edit.position,
        hint: error.hint,
        cause: error,
      })
    }
  }
}

function loadStaged(stage: Stage, overlay: Overlay, name: string): string {
  const path = resolve(overlay.folder, name)
  const real = stage.realpath(path)
  if (real === undefined || stage.kindOf(real) !== 'file') {
    throw new RenderFault({
      code: 'file-missing',
      message: `load(${JSON.stringify(name)}) in the edits of ${overlay.name}: the file does not exist`,
      hint: `paths are relative to ${dirname(path) === overlay.folder ? overlay.path : `the overlay's folder, ${overlay.path}`}; see settings in ${CONFIG_FILE}`,
    })
  }
  stage.requireInside(real)
  return decodeText(stage.readFile(real))
}
