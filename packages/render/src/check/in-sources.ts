import { isList, isMap, member, type Resource, type Value } from '@overlay-render/golden'
import type { ListItem, SourcePath } from '@overlay-render/kustomize'
import type { Position } from '@overlay-render/system'

import type { OverlaySources } from './overlay-sources.ts'

/** Fields that tell the items of Kubernetes' lists apart. */
const ITEM_KEYS = ['name', 'mountPath', 'containerPort', 'port', 'key', 'host', 'path'] as const

/** A path to look for in the sources of an object, and the text of its field, if that is a scalar. */
interface SourcePlace {
  readonly place: SourcePath
  readonly text: string | undefined
}

/** The path in the sources for one in the output: items of lists are found by what they say, because patches move them. */
export function inSources(object: Value, place: SourcePath): SourcePlace {
  let value: Value | undefined = object
  const steps = place.map((step) => {
    const holder: Value | undefined = value
    value = isList(holder) ? holder[Number(step)] : member(holder, String(step))
    return isList(holder) && typeof step !== 'object' ? itemStep(holder, Number(step)) : step
  })
  return { place: steps, text: scalarText(value) }
}

/** Where the sources have a field of an object of the output: with the same text, or else where a patch changes it. */
export function findInSources(
  { sourceOf }: Pick<OverlaySources, 'sourceOf'>,
  { id, value }: Pick<Resource, 'id' | 'value'>,
  field: SourcePath,
): Position | undefined {
  const { place, text } = inSources(value, field)
  return sourceOf(id, place, undefined, text) ?? sourceOf(id, place)
}

function itemStep(list: readonly Value[], index: number): number | ListItem {
  const item = list[index]
  const field = isMap(item) ? ITEM_KEYS.find((key) => scalarText(member(item, key)) !== undefined) : undefined
  const textOf = (other: Value | undefined): string | undefined =>
    scalarText(field === undefined ? other : member(other, field))
  const text = textOf(item)
  if (text === undefined) return index
  const nth = list.slice(0, index).filter((other) => textOf(other) === text).length
  return { index, field, text, nth }
}

function scalarText(value: Value | undefined): string | undefined {
  return value === undefined || value === null || typeof value === 'object' ? undefined : String(value)
}
