import { formatId } from '@overlay-render/golden'

import type { Rule } from '../rule.ts'
import { about } from './about.ts'
import { type ManifestCheck, manifestExample } from './manifest-check.ts'
import { madePods, selectorOfService, selects } from './selected-pods.ts'

/** Services that select no pod of the render. */
export const serviceSelectsNothing: Rule<ManifestCheck> = {
  name: 'service-selects-nothing',
  severity: 'error',
  doc: 'A Service selects none of the pods that the render creates, so it has no endpoints.',
  check: (input) => {
    const pods = madePods(input.resources)
    return input.resources.flatMap((resource) => {
      const selector = selectorOfService(resource)
      if (selector === undefined) return []
      const { namespace } = resource.id
      if (pods.some((pod) => pod.namespace === namespace && selects(selector, pod.labels))) return []
      const elsewhere = pods.find((pod) => selects(selector, pod.labels))
      const labels = Object.keys(selector).join(', ')
      return about(input, resource, {
        rule: 'service-selects-nothing',
        severity: 'error',
        place: ['spec', 'selector'],
        message: `${formatId(resource.id)} selects by ${labels}, and no pod of its namespace has such labels`,
        hint:
          elsewhere === undefined
            ? 'correct the selector, or add the workload to the resources'
            : `pods of the namespace ${elsewhere.namespace || '(none)'} have these labels, but a Service selects pods of its own namespace only`,
      })
    })
  },
  examples: {
    fires: [
      manifestExample(
        'a selector that matches no pod',
        `${service('{app: deck}')}---\n${deployment('{app: hook}')}`,
      ),
      manifestExample(
        'only a part of the selector matches',
        `${service('{app: deck, tier: web}')}---\n${deployment('{app: deck}')}`,
      ),
      manifestExample(
        'pods of another namespace',
        `${service('{app: deck}')}---\n${deployment('{app: deck}', 'other')}`,
      ),
    ],
    silent: [
      manifestExample(
        'pods with more labels',
        `${service('{app: deck}')}---\n${deployment('{app: deck, tier: web}')}`,
      ),
      manifestExample('a Service without a selector, whose endpoints are created by hand', service('{}')),
    ],
  },
}

function service(selector: string): string {
  return `apiVersion: v1\nkind: Service\nmetadata: {name: deck, namespace: prow}\nspec: {selector: ${selector}}\n`
}

function deployment(labels: string, namespace = 'prow'): string {
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: deck, namespace: ${namespace}}\nspec: {template: {metadata: {labels: ${labels}}, spec: {containers: []}}}\n`
}
