import type { ResourceId } from '@overlay-render/golden'

/**
 * An object that says nothing but which one it is. kubectl is told so on its input which object is meant: as an argument,
 * a kind or a name of a stranger could be a flag.
 */
export function identityOf({ apiVersion, kind, namespace, name }: ResourceId): object {
  return { apiVersion, kind, metadata: { name, ...(namespace === '' ? {} : { namespace }) } }
}
