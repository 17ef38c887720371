import * as v from 'valibot'

import { count, list, output, type Printed, text, texts } from './fields.ts'
import { errors } from './shared.ts'

const component = v.strictObject({
  kind: text('Such as `Deployment`.'),
  namespace: text('Its namespace; empty where the manifest has none.'),
  name: text('Its name.'),
  images: texts('The images of its containers.'),
})

export const schema = output({
  overlays: list(
    v.strictObject({
      overlay: text('Its name.'),
      context: text('The context of its cluster.'),
      components: list(component, 'Its workloads.'),
      hosts: texts('The hosts of its Ingresses and HTTPRoutes.'),
      jobs: count("How many jobs of Prow's configuration run in the cluster."),
    }),
    'What each overlay deploys.',
  ),
  clusters: list(
    v.strictObject({ context: text('The context of the cluster.'), jobs: count('How many jobs run in it.') }),
    'The clusters that jobs run in, the most used first.',
  ),
  buckets: texts('The buckets that jobs upload to.'),
  errors,
})

export type InventoryJson = Printed<v.InferOutput<typeof schema>>

export const example: InventoryJson = {
  version: 1,
  overlays: [
    {
      overlay: 'production',
      context: 'prow-production',
      components: [{ kind: 'Deployment', namespace: 'prow', name: 'deck', images: ['deck:v2'] }],
      hosts: ['prow.example.com'],
      jobs: 4,
    },
  ],
  clusters: [{ context: 'build', jobs: 17 }],
  buckets: ['prow-logs'],
}
