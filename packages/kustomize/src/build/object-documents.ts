import { fieldOf, itemsOf, textOf } from '../graph/value-fields.ts'
import type { Value } from '../graph/yaml-value.ts'

/** A document is an object or a list of them. */
export function objectsOf(value: Value): readonly Value[] {
  const items = itemsOf(fieldOf(value, 'items'))
  return textOf(fieldOf(value, 'kind')).endsWith('List') && items.length > 0 ? items : [value]
}
