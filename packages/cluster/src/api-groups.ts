/** A group of Kubernetes itself: only those have no dot, or end so. */
export function isBuiltIn(group: string): boolean {
  return !group.includes('.') || (group.endsWith('.k8s.io') && KUBERNETES_GROUPS.has(group))
}

const KUBERNETES_GROUPS: ReadonlySet<string> = new Set(
  `admissionregistration apiextensions apiregistration authentication authorization certificates coordination discovery
  events flowcontrol.apiserver networking node rbac.authorization resource scheduling storage`
    .split(/\s+/u)
    .map((name) => `${name}.k8s.io`),
)
