import * as v from 'valibot'

import { boolean, choice, list, output, type Printed, text, texts } from './fields.ts'
import { reason } from './shared.ts'

export const schema = output({
  base: text('The revision, as it was given.'),
  commit: text('The full hash of the commit that the change started from.'),
  affected: list(
    v.strictObject({
      overlay: text('Its name.'),
      change: choice(['changed', 'added', 'removed'], 'Whether the overlay itself is new or was removed.'),
      reasons: list(reason, 'Why, sorted by path. Empty for a new or removed overlay.'),
    }),
    'The overlays whose output the change can affect, sorted by name.',
  ),
  unaffected: texts('The names of the other overlays.'),
  borrowsConfiguration: boolean(
    "Whether the base has no valid `overlay-render.yaml`, so that the work tree's was used for it.",
  ),
})

export type AffectedJson = Printed<v.InferOutput<typeof schema>>

export const example: AffectedJson = {
  version: 1,
  base: 'origin/main',
  commit: '1b4f0e9851971998e732078544c96b36c3d01ced',
  affected: [
    {
      overlay: 'testing',
      change: 'changed',
      reasons: [
        {
          kind: 'changed',
          path: 'overlays/testing/patches/deck.yaml',
          named: { file: 'overlays/testing/kustomization.yaml', line: 7, column: 9 },
        },
      ],
    },
  ],
  unaffected: ['production'],
  borrowsConfiguration: false,
}
