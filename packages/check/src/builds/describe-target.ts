/** Describes a target, such as `Deployment deck in namespace prow` or `a Deployment`. Patterns are shown as written. */
export function describeTarget(target: Readonly<Record<string, string>>): string {
  const { group, version, kind = 'object', name, namespace, labelSelector, annotationSelector } = target
  const isAny = name === undefined || name === '' || name === '.*'
  const type = [group, version].filter((part) => part !== undefined && part !== '').join('/')
  return [
    isAny ? `a ${kind}` : `${kind} ${name}`,
    type === '' ? '' : `(${type})`,
    namespace === undefined || namespace === '' ? '' : `in namespace ${namespace}`,
    labelSelector === undefined ? '' : `with labels ${labelSelector}`,
    annotationSelector === undefined ? '' : `with annotations ${annotationSelector}`,
  ]
    .filter((part) => part !== '')
    .join(' ')
}
