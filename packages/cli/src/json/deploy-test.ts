import type * as v from 'valibot'

import { list, output, type Printed, text, texts } from './fields.ts'
import { objectFinding, resource } from './shared.ts'

export const schema = output({
  overlay: text('The overlay.'),
  tested: list(resource, 'The objects of the change that were sent to the API server.'),
  findings: list(objectFinding, 'What the server refuses, and what it refuses of the base only.'),
  leftOut: texts('What was not tested, each with the reason.'),
})

export type DeployTestJson = Printed<v.InferOutput<typeof schema>>

export const example: DeployTestJson = {
  version: 1,
  overlay: 'production',
  tested: [{ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'prow', name: 'deck' }],
  findings: [],
  leftOut: ['Thing prow/a: the definition of its kind is not among the manifests'],
}
