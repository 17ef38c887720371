import type { JsonMap, KindCases } from './case.ts'
import { merged } from './merge-patch.ts'
import { STORAGE_KINDS } from './storage-kinds.ts'
import { WORKLOAD_KINDS } from './workload-kinds.ts'
import { DEFAULTED_KINDS } from './defaulted-kinds.ts'
import { OTHER_KINDS } from './other-kinds.ts'
import { UNCOMMON_KINDS } from './uncommon-kinds.ts'

/** One change of one object. */
export interface EffectCase {
  readonly kind: KindCases
  readonly patch: JsonMap
  readonly after: JsonMap
}

/** Each change with its resulting object. */
export function effectCases(): EffectCase[] {
  return [...WORKLOAD_KINDS, ...STORAGE_KINDS, ...OTHER_KINDS, ...UNCOMMON_KINDS, ...DEFAULTED_KINDS].flatMap(
    (kind) => kind.patches.map((patch) => ({ kind, patch, after: merged(kind.before, patch) })),
  )
}
