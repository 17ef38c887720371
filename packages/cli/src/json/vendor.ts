import type * as v from 'valibot'

import { list, output, type Printed } from './fields.ts'
import { vendored } from './vendored.ts'

export const schema = output({
  remotes: list(vendored, 'Every remote and chart that the overlays use.'),
})

export type VendorJson = Printed<v.InferOutput<typeof schema>>

export const example: VendorJson = {
  version: 1,
  remotes: [
    {
      url: 'https://example.com/crds/prowjob.yaml',
      outcome: 'added',
      after: {
        url: 'https://example.com/crds/prowjob.yaml',
        sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      },
    },
  ],
}
