import type { Value } from './yaml-value.ts'

/** The value of a key, ignoring case. */
export function fieldOf(value: Value | undefined, name: string): Value | undefined {
  if (value?.kind !== 'map') return undefined
  const lower = name.toLowerCase()
  return value.entries().findLast(({ key }) => key.toLowerCase() === lower)?.value
}

export function itemsOf(value: Value | undefined): readonly Value[] {
  return value?.kind === 'list' ? value.items() : []
}

export function textOf(value: Value | undefined): string {
  return value?.kind === 'text' ? value.text : ''
}

/** A text and its offset in the file. */
export interface TextAt {
  readonly text: string
  readonly at: number
}

/** The text of a value as a list: one item for text or null (which is empty text), none for other values. */
export function textsAt(value: Value | undefined): TextAt[] {
  if (value === undefined || (value.kind !== 'text' && value.kind !== 'null')) return []
  return [{ text: value.kind === 'text' ? value.text : '', at: value.at }]
}
