import { idKey, type Manifests, type ResourceId } from '@overlay-render/golden'
import { nearestNames } from '@overlay-render/system'

import { ClusterFault } from '../cluster-fault.ts'

/**
 * The `idKey`s of the objects that are named as `KIND/NAME` or `KIND/NAMESPACE/NAME`.
 *
 * @throws ClusterFault `object-unknown` for a name that no object has, or several have
 */
export function findNamed(names: readonly string[], { resources }: Manifests): ReadonlySet<string> {
  return new Set(
    names.map((name) => {
      const found = resources.filter(({ id }) => namesOf(id).includes(name))
      const [only, second] = found
      if (only !== undefined && second === undefined) return idKey(only.id)
      throw new ClusterFault({
        code: 'object-unknown',
        message: found.length > 0 ? `${name} names ${found.length} objects` : `no object is named ${name}`,
        hint: hintOf(
          found.length > 0
            ? found.map(({ id }) => namesOf(id).at(-1) ?? '')
            : nearestNames(
                name,
                resources.flatMap(({ id }) => namesOf(id)),
              ),
        ),
      })
    }),
  )
}

/** The names of an object that a user may write in an option, the shortest first. */
export function namesOf({ kind, namespace, name }: ResourceId): string[] {
  return [`${kind}/${name}`, ...(namespace === '' ? [] : [`${kind}/${namespace}/${name}`])]
}

function hintOf(names: readonly string[]): string {
  return names.length === 0 ? 'write KIND/NAME or KIND/NAMESPACE/NAME' : `did you mean ${names.join(' or ')}?`
}
