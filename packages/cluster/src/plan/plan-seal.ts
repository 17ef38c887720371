import { createHash, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'

import { idKey, type Manifests } from '@overlay-render/golden'

import type { PlanStep } from './plan-step.ts'

/** A digest of what a plan was made of: it tells whether anything changed, and nothing of what it is. */
export interface PlanSeal {
  readonly salt: string
  /** Slow to make, so that guessing what a Secret holds is slow too. */
  readonly digest: string
}

/** What a plan does. */
export interface Sealed {
  readonly title: string
  readonly context: string | undefined
  readonly steps: readonly PlanStep[]
}

/** A digest of what a plan does, and of both sides that it was made from. The salt is random when absent. */
export function sealPlan(
  { title, context, steps }: Sealed,
  sides: readonly Manifests[],
  salt: string = randomBytes(16).toString('hex'),
): PlanSeal {
  const hash = createHash('sha256').update(`${title}\n${context ?? ''}\n`)
  for (const { id, action, apply } of steps) hash.update(`${idKey(id)} ${action} ${apply}\n`)
  for (const { id, text } of sides.flatMap(({ resources }) => resources))
    hash.update(`${idKey(id)}\n${text}\n`)
  return { salt, digest: scryptSync(hash.digest(), salt, 32).toString('hex') }
}

/** Whether two seals with one salt are of the same plan. */
export function isSameSeal(saved: PlanSeal, again: PlanSeal): boolean {
  const [a, b] = [saved, again].map(({ digest }) => Buffer.from(digest))
  return a !== undefined && b !== undefined && a.length === b.length && timingSafeEqual(a, b)
}
