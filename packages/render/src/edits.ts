import { resolve } from 'node:path'

import { Fault, findTextProblem } from '@overlay-render/system'
import { compile, decodeText, printResults, readDocuments } from '@overlay-render/yq'

import { atSetting } from './at-setting.ts'
import { loadStaged } from './load-staged.ts'
import { machineCapabilities } from './machine-capabilities.ts'
import type { Overlay } from './overlays.ts'
import { readInput } from './read-input.ts'
import { RenderFault } from './render-fault.ts'
import { runExpression } from './run-expression.ts'
import type { Stage } from './stage.ts'
import type { EditSetting } from './workspace-config.ts'

/**
 * Applies the `edits` of an overlay to staged files, in order. An expression reads other staged files with `load`, by paths
 * relative to the overlay. It cannot read outside the stage's boundary or the environment, and runs no programs.
 *
 * @throws RenderFault `edit-file-missing`, `edit-invalid`, `file-missing` or `outside-boundary`, at the edit's line
 */
export function applyEdits(stage: Stage, overlay: Overlay, onUnrepeatable?: () => void): void {
  for (const edit of overlay.settings.edits) {
    const text = `the edit of ${edit.file}`
    const { position } = edit
    atSetting(position, text, () =>
      runExpression({ subject: text, position }, () =>
        applyEdit({ stage, overlay, onUnrepeatable }, edit, text),
      ),
    )
  }
}

interface EditPlace {
  readonly stage: Stage
  readonly overlay: Overlay
  readonly onUnrepeatable: (() => void) | undefined
}

function applyEdit({ stage, overlay, onUnrepeatable }: EditPlace, edit: EditSetting, text: string): void {
  const { real, bytes } = readInput(stage, resolve(overlay.folder, edit.file), {
    subject: `the file to edit, ${edit.file},`,
    code: 'edit-file-missing',
    hint: `file is relative to the overlay's folder, ${overlay.path}`,
  })
  const edited = { bytes, file: stage.tree.shown(real) }
  const results = inEdit(edit, text, edited, () => {
    const program = compile(edit.expression, { file: text })
    const documents = readDocuments(decodeText(bytes, edit.file), { fileName: edit.file })
    const readFile = (name: string): Uint8Array => loadStaged(stage, overlay, name)
    const capabilities = machineCapabilities({ readFile }, onUnrepeatable)
    return program.run(documents, { capabilities })
  })
  // yq -i would empty the file, and kustomize would then silently build something else.
  if (results.length === 0) {
    throw new RenderFault({
      code: 'edit-invalid',
      message: `${text} leaves nothing of the file: its expression has no result`,
      hint: 'use select inside of an assignment or map; write [] or {} to empty a file',
    })
  }
  stage.write(real, Buffer.from(printResults(results)), { kind: 'edit', setting: edit, before: bytes })
}

/** Turns faults of yq into faults of the edit. The content of the edited file is not quoted: it may be a secret. */
function inEdit<Result>(
  edit: EditSetting,
  text: string,
  edited: { readonly bytes: Uint8Array; readonly file: string },
  work: () => Result,
): Result {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Fault) || error instanceof RenderFault) throw error
    const unfit = findTextProblem(edited.bytes)
    if (unfit !== undefined) {
      const { problem, hint, line, column } = unfit
      const position = { file: edited.file, line, column }
      throw new RenderFault({ code: 'edit-invalid', message: `the file to edit ${problem}`, position, hint })
    }
    const isInExpression = error.position?.file === text
    throw new RenderFault({
      code: 'edit-invalid',
      message: `${text} failed: ${error.sentence}`,
      position: isInExpression ? error.position : edit.position,
      source: isInExpression ? error.source : undefined,
      hint: error.hint,
      cause: error,
    })
  }
}
