import { member } from '@overlay-render/golden'

import { textOf } from '../jobs/repository.ts'
import type { ClusterObject } from './prow-check.ts'

/** Kinds for which a controller creates a Secret, and the Secret's name. */
const MAKERS: ReadonlyMap<string, (object: ClusterObject) => string> = new Map([
  ['ExternalSecret', ({ name, value }) => textOf(member(member(value, 'spec'), 'target'), 'name') || name],
  ['SealedSecret', ({ name }) => name],
])

/** The objects in a cluster, including those that its controllers create. */
export function providedObjects(objects: readonly ClusterObject[]): ClusterObject[] {
  return objects.flatMap((object) => {
    const nameOf = MAKERS.get(object.kind)
    return nameOf === undefined
      ? [object]
      : [object, { kind: 'Secret', namespace: object.namespace, name: nameOf(object) }]
  })
}
