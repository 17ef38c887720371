import type { Position } from '@overlay-render/system'

import type { InputGraph } from '../graph/input-graph.ts'
import { fieldOf, textOf } from '../graph/value-fields.ts'
import { makeLocator, readDocuments, type Value } from '../graph/yaml-value.ts'
import type { BuildStep } from './build-steps.ts'

/** A replacement of a kustomization, or of a file that the kustomization names. */
export interface ReplacementSource {
  readonly value: Value
  /** The position of an offset in its file; undefined for the kustomization's own text. */
  readonly locate: ((offset: number) => Position) | undefined
}

/** The replacements of an entry: itself, or all of the file that it names. @param read the text of a real path */
export function readReplacements(
  step: BuildStep,
  graph: InputGraph,
  read: (real: string) => string,
): ReplacementSource[] {
  const written = textOf(fieldOf(step.value, 'path'))
  const file = graph.files.find(
    ({ root, role, written: path }) => root === step.root && role === 'replacement' && path === written,
  )
  if (file === undefined) return [{ value: step.value, locate: undefined }]
  const text = read(file.real)
  const locate = makeLocator(file.shown, text)
  return [...readDocuments(text)]
    .flatMap(({ value }) => (value.kind === 'list' ? value.items() : [value]))
    .map((value) => ({ value, locate }))
}
