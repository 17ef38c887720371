import type { Position } from '@overlay-render/system'

import { fieldOf, itemsOf, textOf } from '../graph/value-fields.ts'
import { makeLocator, readDocuments, readFirstDocument, type Value } from '../graph/yaml-value.ts'
import { type BuildInputs, textsOfRole } from './find-resources.ts'

const PATCH_FIELDS = ['patches', 'patchesJson6902', 'patchesStrategicMerge'] as const
type PatchField = (typeof PATCH_FIELDS)[number]

/** A patch of a build, from a file or inline in a kustomization. */
export interface PatchText {
  readonly text: string
  /** The start of the patch. */
  readonly position: Position
  /** The target of its entry, if any. */
  readonly target: Value | undefined
  /** The field of the kustomization that it is in. */
  readonly field: PatchField
}

/** Every patch of a graph, from `patches`, `patchesStrategicMerge` and `patchesJson6902` of its kustomizations. */
export function* listPatches(inputs: BuildInputs): Generator<PatchText> {
  const files = new Map([...textsOfRole(inputs, 'patch')].map(({ file, text }) => [file.real, text]))
  for (const { file, text } of textsOfRole(inputs, 'kustomization')) {
    const locate = makeLocator(file.shown, text)
    const { value } = readFirstDocument(text)
    const entries = PATCH_FIELDS.flatMap((field) =>
      itemsOf(fieldOf(value, field)).map((entry) => ({ field, entry })),
    )
    for (const { field, entry } of entries) {
      const inline = entry.kind === 'map' ? fieldOf(entry, 'patch') : entry
      const written = textOf(fieldOf(entry, 'path')) || textOf(inline)
      const target = fieldOf(entry, 'target')
      const named = inputs.graph.files.find(
        (input) => input.root === file.root && input.role === 'patch' && input.written === written,
      )
      const content = named === undefined ? undefined : files.get(named.real)
      if (named !== undefined && content !== undefined) {
        yield { text: content, position: { file: named.shown, line: 1, column: 1 }, target, field }
      } else if (inline?.kind === 'text')
        yield { text: inline.text, position: locate(inline.at), target, field }
    }
  }
}

/** Whether a patch is neither a list of operations nor an object for kustomize. */
export function isInvalidPatch({ text }: PatchText): boolean {
  const start = text.trimStart()
  // Text that starts like JSON is read as JSON.
  if (start.startsWith('[') && !isJson(start)) return true
  for (const { value, fault } of readDocuments(text)) {
    if (fault !== undefined) return true
    if (value.kind === 'list' || value.kind === 'null') continue
    const name = textOf(fieldOf(fieldOf(value, 'metadata'), 'name'))
    if (textOf(fieldOf(value, 'kind')) === '' || name === '') return true
  }
  return false
}

export function isOperations({ text }: PatchText): boolean {
  return readFirstDocument(text).value.kind === 'list'
}

/** Whether a patch of `patches` has several documents, which kustomize before 5.2 does not read. */
export function hasManyDocuments({ text, field }: PatchText): boolean {
  return (
    field === 'patches' && [...readDocuments(text)].filter(({ value }) => value.kind !== 'null').length > 1
  )
}

/** Whether a patch has no operation and no object. */
export function isEmptyPatch({ text }: PatchText): boolean {
  const { value } = readFirstDocument(text)
  return value.kind === 'null' || (value.kind === 'list' && value.items().length === 0)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}
