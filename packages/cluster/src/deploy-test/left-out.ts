import { formatId, groupOf, type Manifests, type Resource } from '@overlay-render/golden'

import { isBuiltIn } from '../api-groups.ts'
import { definedKinds } from '../plan/order.ts'

/** Kinds that route later requests to a program that runs in a pod, which a server without nodes does not have. */
const NEEDS_PODS = /^(?:Mutating|Validating)WebhookConfiguration$|^APIService$/u

/** What can be tested on a server without nodes, and what is left out, each with the reason. */
export interface Testable {
  readonly resources: readonly Resource[]
  readonly leftOut: readonly string[]
}

/** Separates what a server without nodes can be tested with. `definitions` are resources that define more kinds. */
export function testableResources({ resources }: Manifests, definitions: readonly Resource[]): Testable {
  const known = definedKinds([...resources, ...definitions])
  const leftOut: string[] = []
  const testable = resources.filter(({ id }) => {
    const group = groupOf(id.apiVersion)
    if (NEEDS_PODS.test(id.kind)) leftOut.push(`${formatId(id)}: it needs a program that runs in the cluster`)
    else if (!isBuiltIn(group) && !known.has(`${group}/${id.kind}`))
      leftOut.push(`${formatId(id)}: the definition of its kind is not among the manifests`)
    else return true
    return false
  })
  return { resources: testable, leftOut }
}
