import { isMap, mapsOf, member, memberAt, type ValueMap } from '@overlay-render/golden'

/** A template of the pods that an object creates. */
export interface PodTemplate {
  readonly spec: ValueMap
  readonly labels: ValueMap
}

const PLACES: readonly (readonly string[])[] = [
  ['spec', 'template'],
  ['spec', 'jobTemplate', 'spec', 'template'],
]

/** The pod templates of an object: those of any kind of workload; a Pod is its own. */
export function podTemplatesOf(object: ValueMap): PodTemplate[] {
  const holders = [
    member(object, 'kind') === 'Pod' ? object : undefined,
    ...PLACES.map((place) => memberAt(object, ...place)),
  ]
  return holders.flatMap((holder) => {
    const spec = member(holder, 'spec')
    if (!isMap(spec) || !Array.isArray(member(spec, 'containers'))) return []
    const labels = memberAt(holder, 'metadata', 'labels')
    return [{ spec, labels: isMap(labels) ? labels : {} }]
  })
}

/** The containers of a pod, from all three lists. */
export function containersOf(spec: ValueMap): ValueMap[] {
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) => mapsOf(spec, list))
}
