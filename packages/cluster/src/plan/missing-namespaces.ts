import type { ResourceId } from '@overlay-render/golden'

import type { Kubectl } from '../kubectl.ts'
import { liveKey, readLive } from '../live/read-live.ts'
import type { ObjectFinding } from './object-finding.ts'
import type { PlanStep } from './plan-step.ts'

/**
 * The namespaces of steps that the cluster does not have and no step creates. A namespace that has one of the objects exists; one
 * that the user may not read is taken to exist.
 */
export async function findMissingNamespaces(
  kubectl: Kubectl,
  steps: readonly PlanStep[],
  made: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const known = new Set([''])
  for (const { id, action } of steps) if (action !== 'create') known.add(id.namespace)
  const asked = [...new Set(steps.map(({ id }) => id.namespace))]
    .filter((name) => !known.has(name) && !made.has(name))
    .map((name) => ({
      id: { apiVersion: 'v1', kind: 'Namespace', namespace: '', name } satisfies ResourceId,
    }))
  const { objects, unread } = await readLive(kubectl, asked)
  const unreadable = new Set(unread.map(({ id }) => id.name))
  const missing = asked.filter(({ id }) => !objects.has(liveKey(id)) && !unreadable.has(id.name))
  return new Set(missing.map(({ id }) => id.name))
}

/** One finding for each missing namespace, however many objects need it. */
export function missingNamespaces(steps: readonly PlanStep[]): ObjectFinding[] {
  const counts = new Map<string, number>()
  for (const { id } of steps) counts.set(id.namespace, (counts.get(id.namespace) ?? 0) + 1)
  return [...counts].map(([name, count]): ObjectFinding => ({
    rule: 'namespace-missing',
    severity: 'error',
    message: `namespace ${name} is not in the cluster, and nothing here makes it: ${count === 1 ? 'one object needs' : `${count} objects need`} it`,
    hint: `add it to the overlay, or make it: kubectl create namespace ${name}`,
  }))
}
