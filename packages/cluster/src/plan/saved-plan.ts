import { isList, isMap, member, type Value } from '@overlay-render/golden'

import { ClusterFault } from '../cluster-fault.ts'
import type { PlanSeal } from './plan-seal.ts'

/** The parts of a plan that `planJson` saved, to compare with a new plan. The steps are never taken from the file. */
export interface SavedPlan {
  readonly overlay: string
  readonly context: string
  readonly prune: boolean
  /** The objects that may be replaced, as the user named them. */
  readonly replace: readonly string[]
  readonly seal: PlanSeal
}

/**
 * Reads a plan that `planJson` saved.
 *
 * @param file as messages show it
 * @throws ClusterFault `plan-invalid`
 */
export function readSavedPlan(text: string, file: string): SavedPlan {
  const plan = parse(text, file)
  const [overlay, context, prune] = ['overlay', 'context', 'prune'].map((key) => member(plan, key))
  const [salt, digest] = ['salt', 'digest'].map((key) => member(member(plan, 'seal') ?? null, key))
  if (
    member(plan, 'version') !== 1 ||
    typeof overlay !== 'string' ||
    typeof salt !== 'string' ||
    typeof digest !== 'string'
  )
    throw invalid(file, 'is not a plan of overlay-render')
  if (typeof context !== 'string') throw invalid(file, 'is a plan from a golden, without a cluster')
  if (member(plan, 'secrets') === 'stub')
    throw invalid(file, 'was made with stub secrets, which are never applied')
  const replace = member(plan, 'replace') ?? null
  const names = isList(replace) ? replace.filter((name) => typeof name === 'string') : []
  return { overlay, context, prune: prune === true, replace: names, seal: { salt, digest } }
}

function parse(text: string, file: string): Value {
  try {
    const value: Value = JSON.parse(text)
    if (isMap(value)) return value
  } catch {
    // Reported below.
  }
  throw invalid(file, 'is not a plan of overlay-render')
}

function invalid(file: string, why: string): ClusterFault {
  return new ClusterFault({
    code: 'plan-invalid',
    message: `${file} ${why}`,
    hint: 'save the plan of the live cluster, with real secrets, as json',
  })
}
