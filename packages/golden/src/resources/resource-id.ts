/** What tells one Kubernetes object from another. */
export interface ResourceId {
  /** Such as `apps/v1`; '' when the document has none. */
  readonly apiVersion: string
  readonly kind: string
  /** '' when the document names none: the resource is cluster-wide, or lands where it is applied. */
  readonly namespace: string
  readonly name: string
}

/** `kind namespace/name`, as people say it; the apiVersion is left out. */
export function formatId({ kind, namespace, name }: ResourceId): string {
  return `${kind} ${namespace === '' ? name : `${namespace}/${name}`}`
}

/** One string for one identity, for maps. */
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

/** Order by code units: the same on every machine, unlike a locale's. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
