import { member } from '@overlay-render/golden'

import { textOf } from '../jobs/repository.ts'
import type { ClusterObject } from './prow-check.ts'

/** Objects that a controller makes from another one: their names, as that one gives them. */
const MAKERS: ReadonlyMap<string, (object: ClusterObject) => string> = new Map([
  ['ExternalSecret', ({ name, value }) => textOf(member(member(value, 'spec'), 'target'), 'name') || name],
  ['SealedSecret', ({ name }) => name],
])

/** The objects that a cluster holds once its controllers have made theirs. */
export function providedObjects(objects: readonly ClusterObject[]): ClusterObject[] {
  return objects.flatMap((object) => {
    const nameOf = MAKERS.get(object.kind)
    return nameOf === undefined
      ? [object]
      : [object, { kind: 'Secret', namespace: object.namespace, name: nameOf(object) }]
  })
}
