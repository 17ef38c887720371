import { setTimeout as wait } from 'node:timers/promises'

import { isList, member, memberAt } from '@overlay-render/golden'

import type { Kubectl } from '../kubectl.ts'
import { reasonFor } from '../kubectl-words.ts'
import { itemsOf } from '../live/read-live.ts'
import { identityOf } from '../object-identity.ts'
import type { PlanStep } from '../plan/plan-step.ts'

const TIMEOUT = 60_000
const INTERVAL = 250

/**
 * Waits until a CustomResourceDefinition is established, so that objects of its kind can be created. `kubectl wait` fails for a new
 * definition without conditions. Returns why it is not established; undefined when it is.
 */
export async function untilEstablished(kubectl: Kubectl, { id }: PlanStep): Promise<string | undefined> {
  const deadline = performance.now() + TIMEOUT
  const input = JSON.stringify(identityOf(id))
  while (performance.now() < deadline) {
    const { ok, stdout, stderr } = await kubectl.run(['get', '-f', '-', '-o', 'json'], { input })
    if (!ok) return reasonFor(stderr, id.kind)
    const conditions = memberAt(itemsOf(stdout)[0] ?? null, 'status', 'conditions')
    const isEstablished = (isList(conditions) ? conditions : []).some(
      (one) => member(one, 'type') === 'Established' && member(one, 'status') === 'True',
    )
    if (isEstablished) return undefined
    await wait(INTERVAL)
  }
  return `it was not established within ${TIMEOUT / 1000} seconds`
}
