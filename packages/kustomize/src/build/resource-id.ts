/** The identity by which kustomize tells resources apart. */
export interface ResourceIdentity {
  readonly kind: string
  /** '' for the core group. */
  readonly group: string
  readonly name: string
  readonly namespace: string | undefined
}

/**
 * Reads an identity as kustomize prints it: `Role.v1.rbac.authorization.k8s.io/sinker.prow`, with `[noGrp]`, `[noNs]` and the
 * like for what is absent. Groups and names may hold dots; a kind, a version and a namespace hold none.
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
