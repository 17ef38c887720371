import { isMap, memberAt, type Resource, type ValueMap } from '@overlay-render/golden'

import { type PodTemplate, podTemplatesOf } from './pod-templates.ts'

/** The pods that an object creates, and their namespace. */
export interface MadePod extends PodTemplate {
  readonly namespace: string
}

/** The pods that the objects of a render create. */
export function madePods(resources: readonly Resource[]): MadePod[] {
  return resources.flatMap(({ id, value }) =>
    podTemplatesOf(value).map((template) => ({ ...template, namespace: id.namespace })),
  )
}

/** The selector of a Service; undefined for a Service without one, and for another kind. */
export function selectorOfService({ id, value }: Resource): ValueMap | undefined {
  if (id.kind !== 'Service' || id.apiVersion !== 'v1') return undefined
  const selector = memberAt(value, 'spec', 'selector')
  return isMap(selector) && Object.keys(selector).length > 0 ? selector : undefined
}

/** Whether labels match a selector. */
export function selects(selector: ValueMap, labels: ValueMap): boolean {
  return Object.entries(selector).every(([key, value]) => memberAt(labels, key) === value)
}
