import * as v from 'valibot'

import { boolean, choice, list, object, output, type Printed, text } from './fields.ts'

export const schema = output({
  overlay: text('The overlay, as it was named.'),
  secrets: list(
    v.strictObject({
      path: text('The file, relative to the workspace.'),
      form: choice(['file', 'env'], 'Whether the file is one value, or an env file of `KEY=VALUE` lines.'),
      key: v.optional(text('Its key in the Secret. Absent for an env file, whose lines have the keys.')),
      secret: object(
        v.strictObject({
          name: text('Its name, without the suffix that kustomize adds.'),
          namespace: v.optional(text('Its namespace. Absent when its generator names none.')),
        }),
        'The Secret that is generated from it.',
      ),
      exists: boolean('Whether the file is there. With `--write`, whether its template could make it.'),
      templated: boolean('Whether a template of the overlay makes it.'),
    }),
    'The secret files, in the order of the kustomizations. No value is shown.',
  ),
})

export type SecretsJson = Printed<v.InferOutput<typeof schema>>

export const example: SecretsJson = {
  version: 1,
  overlay: 'testing',
  secrets: [
    {
      path: 'overlays/testing/secrets/oauth-token',
      form: 'file',
      key: 'oauth',
      secret: { name: 'oauth-token', namespace: 'prow' },
      exists: false,
      templated: false,
    },
  ],
}
