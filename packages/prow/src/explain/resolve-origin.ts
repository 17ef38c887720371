import type { Position } from '@overlay-render/system'

import type { Origins } from '../decode/origins.ts'

/** The origin of a value: a line, a default of Prow, or both a line and what copied it. */
export interface FieldOrigin {
  /** The line that sets it; undefined for a default. */
  readonly position: Position | undefined
  /** What copied or filled in the value: a preset, defaults of the config, a rule of Prow. */
  readonly via: string | undefined
}

/** Follows a field to the line that sets it; undefined when nothing did. */
export function resolveOrigin(
  { holder, key, via }: { readonly holder: object; readonly key: string; readonly via: string | undefined },
  origins: Origins,
): FieldOrigin | undefined {
  let origin = origins.originOf(holder, key)
  let said = via
  for (let steps = 0; origin?.kind === 'taken' && steps < 100; steps++) {
    if (origin.via !== '') said = origin.via
    origin = origins.originOf(origin.from, origin.key)
  }
  if (origin === undefined) return said === undefined ? undefined : { position: undefined, via: said }
  if (origin.kind === 'default') return { position: undefined, via: origin.reason }
  return { position: origin.kind === 'written' ? origin.position : undefined, via: said }
}
