import type { Position } from '@overlay-render/system'

import { makeLocator, readFirstDocument, type Value } from '../graph/yaml-value.ts'

/** A path in an object: names of fields and indices of lists. */
export type FieldPath = readonly (string | number)[]

/** The position of a field in the text of one object. @param start the position of the text in its file */
export function positionOfField(text: string, start: Position, place: FieldPath): Position {
  const { line, column } = makeLocator(start.file, text)(offsetOfField(readFirstDocument(text).value, place))
  return { ...start, line: start.line + line - 1, column }
}

/** The offset of a field's name or a list item's value, or of its nearest existing parent. */
export function offsetOfField(object: Value, place: FieldPath): number {
  let { at } = object
  let value = object
  for (const step of place) {
    const found = stepInto(value, step)
    if (found === undefined) break
    ;({ at, value } = found)
  }
  return at
}

function stepInto(
  value: Value,
  step: string | number,
): { readonly at: number; readonly value: Value } | undefined {
  if (value.kind === 'map') return value.entries().find(({ key }) => key === String(step))
  const item = value.kind === 'list' ? value.items()[Number(step)] : undefined
  return item === undefined ? undefined : { at: item.at, value: item }
}
