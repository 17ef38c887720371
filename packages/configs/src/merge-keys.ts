import type { Node } from '@overlay-render/yq'

/** Fields that together identify the items of a list, with defaults. */
export type ItemKey = readonly { readonly field: string; readonly otherwise?: string }[]

/** The keys to try for the items of a list, best first. @param name the key that holds the list */
export type ListKeys = (name: string | undefined) => readonly ItemKey[]

/** The keys and values of a map. */
export function entriesOf(map: Node): { readonly key: Node; readonly value: Node }[] {
  return map.content.flatMap((key, index) => {
    const value = map.content[index + 1]
    return index % 2 === 0 && value !== undefined ? [{ key, value }] : []
  })
}

/** The first key that is unique among the items of both lists. */
export function usableKey(
  base: readonly Node[],
  part: readonly Node[],
  keys: readonly ItemKey[],
): ItemKey | undefined {
  if (part.length === 0) return undefined
  return keys.find((key) => tellsApart(base, key) && tellsApart(part, key))
}

function tellsApart(items: readonly Node[], key: ItemKey): boolean {
  const names = items.map((item) => itemName(item, key))
  return !names.includes(undefined) && new Set(names).size === names.length
}

/** The name of an item by a key; undefined when it has none of the fields. */
export function itemName(item: Node, key: ItemKey): string | undefined {
  const target = item.kind === 'alias' ? item.alias : item
  if (target?.kind !== 'mapping') return undefined
  const values = key.map(({ field }) => fieldText(target, field))
  if (values.every((value) => value === undefined)) return undefined
  if (values.some((value, index) => value === undefined && key[index]?.otherwise === undefined))
    return undefined
  return values.map((value, index) => value ?? key[index]?.otherwise).join(', ')
}

/** The text of a field, or of a list of scalars; a dot steps into a map. */
function fieldText(item: Node, field: string): string | undefined {
  let at: Node | undefined = item
  for (const step of field.split('.')) {
    const value: Node | undefined =
      at?.kind === 'mapping' ? entriesOf(at).find(({ key }) => key.value === step)?.value : undefined
    at = value?.kind === 'alias' ? value.alias : value
  }
  if (at?.kind === 'scalar') return at.value
  if (at?.kind === 'sequence' && at.content.every(({ kind }) => kind === 'scalar')) {
    return JSON.stringify(at.content.map(({ value }) => value))
  }
  return undefined
}
