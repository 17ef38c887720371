import type { BuildCheck, PatchFact } from '@overlay-render/check'
import { idKey, type ResourceId } from '@overlay-render/golden'
import type { Position } from '@overlay-render/system'

/** A patch that selects other resources with one pin than with another. */
export interface SelectionChange {
  /** Such as `patches[3]`. */
  readonly patch: string
  readonly position: Position
  /** The resources that only the later pin selects, named as they were when the patch ran. */
  readonly more: readonly ResourceId[]
  /** The resources that only the earlier pin selects. */
  readonly fewer: readonly ResourceId[]
}

/**
 * The patches that select other resources with the second pin, in the order of the build. Patches whose selection is unknown are
 * left out.
 */
export function compareSelections(before: BuildCheck, after: BuildCheck): SelectionChange[] {
  const earlier = new Map(before.patches.map((patch) => [placeOf(patch), patch]))
  return after.patches.flatMap((patch) => {
    const selected = patch.selected
    const known = earlier.get(placeOf(patch))?.selected
    if (selected === undefined || known === undefined) return []
    const [had, has] = [known.map(({ id }) => id), selected.map(({ id }) => id)]
    const [more, fewer] = [without(has, had), without(had, has)]
    return more.length + fewer.length === 0
      ? []
      : [{ patch: patch.name, position: patch.position, more, fewer }]
  })
}

function placeOf({ name, position: { file, line, column } }: PatchFact): string {
  return [file, line, column, name].join('\0')
}

function without(ids: readonly ResourceId[], others: readonly ResourceId[]): ResourceId[] {
  const known = new Set(others.map((id) => idKey(id)))
  return ids.filter((id) => !known.has(idKey(id)))
}
