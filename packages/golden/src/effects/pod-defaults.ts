import { isList, isMap, member, type Value, type ValueMap } from '../resources/value.ts'

/**
 * Adds the defaults of a Pod that a pod template does not get: service links, and requests equal to the limits where
 * they are missing.
 */
export function withPodDefaults(pod: ValueMap): ValueMap {
  const spec = member(pod, 'spec')
  if (!isMap(spec)) return pod
  const containers = ['containers', 'initContainers'].flatMap((field) => {
    const list = member(spec, field)
    return isList(list) ? [[field, list.map(withRequests)] as const] : []
  })
  const links = member(spec, 'enableServiceLinks') ?? true
  return { ...pod, spec: { ...spec, enableServiceLinks: links, ...Object.fromEntries(containers) } }
}

function withRequests(container: Value): Value {
  const resources = member(container, 'resources')
  const limits = member(resources, 'limits')
  if (!isMap(container) || !isMap(resources) || !isMap(limits)) return container
  const requests = member(resources, 'requests')
  return {
    ...container,
    resources: { ...resources, requests: { ...limits, ...(isMap(requests) ? requests : {}) } },
  }
}
