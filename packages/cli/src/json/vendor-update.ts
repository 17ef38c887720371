import * as v from 'valibot'

import { count, list, object, output, type Printed, text, texts } from './fields.ts'
import { error } from './shared.ts'
import { vendored } from './vendored.ts'

export const schema = output({
  remotes: list(vendored, 'Every remote and chart that the overlays use.'),
  edited: texts('The kustomizations in which the URL was replaced, relative to the workspace.'),
  overlays: list(
    v.strictObject({
      overlay: text('Its name.'),
      changed: v.optional(count('How many of its resources differ. Absent when it cannot be rendered.')),
      error: v.optional(object(error, 'Why it cannot be rendered. Absent when it can.')),
    }),
    'The overlays that use what was updated.',
  ),
})

export type VendorUpdateJson = Printed<v.InferOutput<typeof schema>>

export const example: VendorUpdateJson = {
  version: 1,
  remotes: [
    {
      url: 'https://github.com/org/repo//deploy?ref=v2',
      outcome: 'added',
      after: {
        url: 'https://github.com/org/repo//deploy?ref=v2',
        commit: '2c26b46b68ffc68ff99b453c1d30413413422d70',
        sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      },
    },
  ],
  edited: ['overlays/testing/kustomization.yaml'],
  overlays: [{ overlay: 'testing', changed: 3 }],
}
