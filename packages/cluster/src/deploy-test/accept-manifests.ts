import { idKey, type Manifests, type Resource, type ResourceId } from '@overlay-render/golden'

import { runStep } from '../apply/apply-plan.ts'
import type { Kubectl } from '../kubectl.ts'
import { rankOf } from '../plan/order.ts'
import type { Plan } from '../plan/plan.ts'
import type { PlanStep } from '../plan/plan-step.ts'
import { applyArguments, doesSomething } from '../plan/step-words.ts'

/** An object that the server refused, and why. */
export interface Refusal {
  readonly id: ResourceId
  readonly reason: string
}

/** The most objects in one request. Where a request is refused, each of its objects is sent again alone, to find the refused ones. */
const CHUNK = 80

/** Applies what a plan creates and changes, in its order, as `kubectl apply` does: a change that needs a replacement is refused. */
export async function acceptManifests(
  kubectl: Kubectl,
  { steps, title }: Plan,
  manifests: Manifests,
  resources: readonly Resource[],
): Promise<Refusal[]> {
  const wanted = new Set(resources.map(({ id }) => idKey(id)))
  const sent = steps
    .filter((step) => wanted.has(idKey(step.id)) && doesSomething(step) && step.action !== 'prune')
    .map((step): PlanStep => ({ ...step, action: 'change' }))
  const refusals: Refusal[] = []
  for (const chunk of inChunks(sent)) {
    if (chunk.length > 1 && (await areAccepted(kubectl, chunk, manifests, title))) continue
    for (const step of chunk) {
      const reason = await runStep(kubectl, step, manifests, title)
      if (reason !== undefined) refusals.push({ id: step.id, reason })
    }
  }
  return refusals
}

/** Definitions are sent alone, since each is waited for; so is what is too large for client-side apply. */
function inChunks(steps: readonly PlanStep[]): PlanStep[][] {
  const chunks: PlanStep[][] = []
  for (const step of steps) {
    const isAlone = step.apply === 'server' || rankOf(step.id) <= 1
    const last = chunks.at(-1)
    const [first] = last ?? []
    const joins =
      last !== undefined &&
      first !== undefined &&
      !isAlone &&
      first.apply === 'client' &&
      rankOf(first.id) > 1
    if (joins && last.length < CHUNK) last.push(step)
    else chunks.push([step])
  }
  return chunks
}

async function areAccepted(
  kubectl: Kubectl,
  steps: readonly PlanStep[],
  manifests: Manifests,
  title: string,
): Promise<boolean> {
  const [first] = steps
  if (first === undefined) return true
  const input = steps.map(({ id }) => manifests.find(id)?.text ?? '').join('\n---\n')
  return (await kubectl.run([...applyArguments(first, title), '--validate=strict'], { input })).ok
}
