import * as v from 'valibot'

import { boolean, choice, list, output, type Printed, text } from './fields.ts'
import { ACTIONS } from './plan.ts'
import { resource } from './shared.ts'

export const schema = output({
  overlay: text('The overlay.'),
  context: v.optional(text('The context of the cluster.')),
  confirmed: boolean(
    'Whether the plan was confirmed. When it was not, nothing was done, and the exit status is 1.',
  ),
  done: list(
    v.strictObject({
      action: choice(ACTIONS, 'What was done, as in a [plan](#plan).'),
      resource,
    }),
    'The steps that were done, in order.',
  ),
  waitedFor: list(resource, 'The workloads whose rollout ended.'),
})

export type ApplyJson = Printed<v.InferOutput<typeof schema>>

export const example: ApplyJson = {
  version: 1,
  overlay: 'production',
  context: 'prow-production',
  confirmed: true,
  done: [
    {
      action: 'change',
      resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'prow', name: 'deck' },
    },
  ],
  waitedFor: [{ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'prow', name: 'deck' }],
}
