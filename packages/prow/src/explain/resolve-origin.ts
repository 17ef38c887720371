import type { Position } from '@overlay-render/system'

import type { Origins } from '../decode/origins.ts'

/** Where a value comes from: a line, a default of Prow, or both with what took it over. */
export interface FieldOrigin {
  /** The line that somebody wrote, if anybody did. */
  readonly position: Position | undefined
  /** What took the value over or filled it in: a preset, defaults of the config, a rule of Prow. */
  readonly via: string | undefined
}

/** Follows a field to the line that gives it; undefined when nobody wrote it and nothing filled it in. */
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
