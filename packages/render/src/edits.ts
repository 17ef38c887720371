import { resolve } from 'node:path'

import { Fault } from '@overlay-render/system'
import { compile, decodeText, printResults, readDocuments } from '@overlay-render/yq'

import { loadStaged } from './load-staged.ts'
import type { Overlay } from './overlays.ts'
import { RenderFault } from './render-fault.ts'
import type { Stage } from './stage.ts'

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
      const program = compile(edit.expression, { file: `the edit of ${edit.file}` })
      const documents = readDocuments(decodeText(stage.readFile(real), edit.file), { fileName: edit.file })
      const capabilities = { readFile: (name: string): Uint8Array => loadStaged(stage, overlay, name) }
      stage.write(real, Buffer.from(printResults(program.run(documents, { capabilities }))))
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
