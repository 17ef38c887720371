import type { Position } from '@overlay-render/system'

import type { LaidBy } from '../laid-file.ts'
import type { ExplainStep } from './traced-value.ts'

/** The step of a file in the user's tree. */
export function fileStep(file: string): ExplainStep {
  return { kind: 'file', title: file, position: { file, line: 1, column: 1 } }
}

/** The step of an edit in the settings. */
export function editStep(file: string, position: Position): ExplainStep {
  return { kind: 'edit', title: `the edit of ${file}`, position }
}

/** The step that wrote a layer of a staged file; undefined for a layer that is a plain copy. */
export function stepOf(by: LaidBy): ExplainStep | undefined {
  switch (by.kind) {
    case 'template':
      return { kind: 'template', title: `template ${by.file}`, position: by.setting.position }
    case 'edit':
      return editStep(by.setting.file, by.setting.position)
    case 'config':
      return by.script === undefined
        ? undefined
        : { kind: 'script', title: by.script.file, position: { file: by.script.file, line: 1, column: 1 } }
    case 'copy':
    case 'stub':
    case 'vendored':
      return undefined
  }
}
