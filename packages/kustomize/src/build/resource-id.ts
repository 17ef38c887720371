/** kustomize's identity of a resource, which must be unique in a build. */
export interface ResourceIdentity {
  readonly kind: string
  /** '' for the core group. */
  readonly group: string
  readonly name: string
  readonly namespace: string | undefined
}

/**
 * Parses an identity as kustomize prints it: `Role.v1.rbac.authorization.k8s.io/sinker.prow`, with `[noGrp]`, `[noNs]` or similar
 * for an absent part. Groups and names may contain dots; kinds, versions and namespaces do not.
 */
export function parseResourceIdentity(printed: string): ResourceIdentity | undefined {
  const [, kind, , group, name, namespace] =
    /^([^./]*)\.([^./]*)\.([^/]*)\/(.*)\.([^.]*)$/u.exec(printed) ?? []
  if (kind === undefined || group === undefined || name === undefined) return undefined
  return {
    kind: kind === '[noKind]' ? '' : kind,
    group: group === '[noGrp]' ? '' : group,
    name: name === '[noName]' ? '' : name,
    namespace: namespace === '[noNs]' ? undefined : namespace,
  }
}

/** Such as `Role sinker in namespace prow`. */
export function describeIdentity({ kind, name, namespace }: ResourceIdentity): string {
  return `${kind} ${name}${namespace === undefined ? '' : ` in namespace ${namespace}`}`
}
