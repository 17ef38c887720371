import type { Position } from '@overlay-render/system'

import { fieldOf } from '../graph/value-fields.ts'
import { makeLocator, readFirstDocument, type Value } from '../graph/yaml-value.ts'

/** A path in an object: names of fields and indices of lists. */
export type FieldPath = readonly (string | number)[]

/** A path in the sources of an object: names of fields, indices of lists, and items of lists by what they say. */
export type SourcePath = readonly (string | number | ListItem)[]

/** An item of a list in the output, which may have another index in the sources: patches add and remove items. */
export interface ListItem {
  /** In the output. */
  readonly index: number
  /** The field that tells the item from others; undefined for an item that is a scalar. */
  readonly field: string | undefined
  /** The text of that field, or of the scalar. */
  readonly text: string
  /** Which of those that say the same, from 0. */
  readonly nth: number
}

/** The position of a field in the text of one object. @param start the position of the text in its file */
export function positionOfField(text: string, start: Position, place: SourcePath): Position {
  const { at } = findField(readFirstDocument(text).value, place)
  const { line, column } = makeLocator(start.file, text)(at)
  return { ...start, line: start.line + line - 1, column }
}

/** A field of an object, or its nearest existing parent. */
export interface FoundField {
  /** The offset of the field's name, or of the list item's value. */
  readonly at: number
  /** The text of the field itself, when it is there and a scalar. */
  readonly text: string | undefined
}

export function findField(object: Value, place: SourcePath): FoundField {
  let { at } = object
  let value = object
  for (const step of place) {
    const found = stepInto(value, step)
    if (found === undefined) return { at, text: undefined }
    ;({ at, value } = found)
  }
  return { at, text: textOf(value) }
}

function stepInto(
  value: Value,
  step: SourcePath[number],
): { readonly at: number; readonly value: Value } | undefined {
  if (value.kind === 'map') return value.entries().find(({ key }) => key === String(step))
  const item = value.kind === 'list' ? itemAt(value.items(), step) : undefined
  return item === undefined ? undefined : { at: item.at, value: item }
}

function itemAt(items: readonly Value[], step: SourcePath[number]): Value | undefined {
  if (typeof step !== 'object') return items[Number(step)]
  const { field, text, nth } = step
  return items.filter((item) => textOf(field === undefined ? item : fieldOf(item, field)) === text)[nth]
}

function textOf(value: Value | undefined): string | undefined {
  return value === undefined || value.kind === 'map' || value.kind === 'list' ? undefined : value.text
}
