import type { Value } from './yaml-value.ts'

/** The value of a key, whatever its case. */
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
