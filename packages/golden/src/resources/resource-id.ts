/** The identity of a Kubernetes object. */
export interface ResourceId {
  /** Such as `apps/v1`; '' when the document has none. */
  readonly apiVersion: string
  readonly kind: string
  /** '' when the document has none: the resource is cluster-scoped, or goes to the current namespace. */
  readonly namespace: string
  readonly name: string
}

/** `kind namespace/name`, without the apiVersion. */
export function formatId({ kind, namespace, name }: ResourceId): string {
  return `${kind} ${namespace === '' ? name : `${namespace}/${name}`}`
}

/** The identity as a string, for map keys. */
export function idKey({ apiVersion, kind, namespace, name }: ResourceId): string {
  return `${apiVersion}\n${kind}\n${namespace}\n${name}`
}

/** The API group of an apiVersion: '' for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/')
  return slash < 0 ? '' : apiVersion.slice(0, slash)
}

/** The order of goldens and reports: apiVersion, kind, namespace, name, each by code units. */
export function compareIds(a: ResourceId, b: ResourceId): number {
  return (
    compareText(a.apiVersion, b.apiVersion) ||
    compareText(a.kind, b.kind) ||
    compareText(a.namespace, b.namespace) ||
    compareText(a.name, b.name)
  )
}

/** Compares by code units, independent of the locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
