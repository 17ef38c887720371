import type { Position } from '@overlay-render/system'

import { makeLocator, readFirstDocument, type Value } from '../graph/yaml-value.ts'

/** A way into an object: names of fields and indices of lists. */
export type FieldPlace = readonly (string | number)[]

/** Where the text of one object has a field. @param start where the text starts in its file */
export function positionOfField(text: string, start: Position, place: FieldPlace): Position {
  const { line, column } = makeLocator(start.file, text)(offsetOfField(readFirstDocument(text).value, place))
  return { ...start, line: start.line + line - 1, column }
}

/** Where a field begins with its name, an item of a list with its value, or the nearest that is there above it. */
export function offsetOfField(object: Value, place: FieldPlace): number {
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
