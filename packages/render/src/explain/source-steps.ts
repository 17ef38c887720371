import type { Position } from '@overlay-render/system'

import type { LaidBy } from '../laid-file.ts'
import type { ExplainStep } from './traced-value.ts'

/** A file as the user has it. */
export function fileStep(file: string): ExplainStep {
  return { kind: 'file', title: file, position: { file, line: 1, column: 1 } }
}

/** An edit of the settings. */
export function editStep(file: string, position: Position): ExplainStep {
  return { kind: 'edit', title: `the edit of ${file}`, position }
}

/** What a layer of a staged file did; undefined where the file is only taken as it is. */
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
