import type { ResourceId } from '@overlay-render/golden'

/**
 * An object with nothing but its identity, for kubectl's standard input. As an argument, a kind or a name that begins with a dash
 * would be a flag.
 */
export function identityOf({ apiVersion, kind, namespace, name }: ResourceId): object {
  return { apiVersion, kind, metadata: { name, ...(namespace === '' ? {} : { namespace }) } }
}
