import * as v from 'valibot'

import { choice, count, list, object, output, type Printed, text, texts } from './fields.ts'
import { error, resource } from './shared.ts'

const rendered = v.strictObject({
  overlay: text('Its name.'),
  resources: count('How many resources it has.'),
  milliseconds: count('How long its render took.'),
  changes: v.optional(
    list(
      v.strictObject({
        change: choice(['added', 'removed', 'changed', 'renamed'], 'What happened to the resource.'),
        resource,
      }),
      'The resources that differ from the last successful render. Absent for the first one.',
    ),
  ),
})

const failed = v.strictObject({
  overlay: text('Its name.'),
  error: object(error, 'Why it cannot be rendered.'),
})

export const schema = output({
  at: text('When the round ended, as ISO 8601 in UTC.'),
  changed: texts(
    'The files whose change caused the round, relative to the workspace. Empty for the first round.',
  ),
  overlays: list(v.union([rendered, failed]), 'The overlays that were rendered, each with its result.'),
})

export type WatchJson = Printed<v.InferOutput<typeof schema>>

export const example: WatchJson = {
  version: 1,
  at: '2026-03-02T10:15:30.120Z',
  changed: ['overlays/testing/deck.yaml'],
  overlays: [
    {
      overlay: 'testing',
      resources: 135,
      milliseconds: 240,
      changes: [
        {
          change: 'changed',
          resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'prow', name: 'deck' },
        },
      ],
    },
  ],
}
