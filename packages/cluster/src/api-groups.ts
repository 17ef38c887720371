/** Whether an API group belongs to Kubernetes: it has no dot, or ends in `.k8s.io` and is known. */
export function isBuiltIn(group: string): boolean {
  return !group.includes('.') || (group.endsWith('.k8s.io') && KUBERNETES_GROUPS.has(group))
}

const KUBERNETES_GROUPS: ReadonlySet<string> = new Set(
  `admissionregistration apiextensions apiregistration authentication authorization certificates coordination discovery
  events flowcontrol.apiserver networking node rbac.authorization resource scheduling storage`
    .split(/\s+/u)
    .map((name) => `${name}.k8s.io`),
)
