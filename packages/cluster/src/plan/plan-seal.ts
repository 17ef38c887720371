import { createHash, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'

import { idKey, type Manifests } from '@overlay-render/golden'

import type { PlanStep } from './plan-step.ts'

/** A salted digest of a plan and of both sides that it was made from. It tells whether anything changed, and reveals nothing else. */
export interface PlanSeal {
  readonly salt: string
  /** Scrypt: slow to compute, so that guessing the value of a Secret is slow too. */
  readonly digest: string
}

/** The parts of a plan that its digest covers. */
export interface Sealed {
  readonly title: string
  readonly context: string | undefined
  readonly steps: readonly PlanStep[]
}

/** Digests what a plan does and both sides that it was made from. The salt is random when absent. */
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

/** Whether two seals with the same salt are of the same plan. Takes the same time whatever the digests are. */
export function isSameSeal(saved: PlanSeal, again: PlanSeal): boolean {
  const [a, b] = [saved, again].map(({ digest }) => Buffer.from(digest))
  return a !== undefined && b !== undefined && a.length === b.length && timingSafeEqual(a, b)
}
