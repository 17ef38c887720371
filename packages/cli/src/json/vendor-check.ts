import * as v from 'valibot'

import { choice, list, output, type Printed, text } from './fields.ts'

export const schema = output({
  findings: list(
    v.strictObject({
      url: text('As kustomizations name it, without credentials.'),
      problem: choice(
        ['missing', 'edited', 'moved', 'unused'],
        'The copy is `missing` or was `edited`, the remote `moved` to other content, or no overlay uses it (`unused`).',
      ),
      detail: text('One sentence for people.'),
    }),
    'Copies and remotes that do not match the lock file. Empty when all do.',
  ),
})

export type VendorCheckJson = Printed<v.InferOutput<typeof schema>>

export const example: VendorCheckJson = {
  version: 1,
  findings: [
    {
      url: 'https://example.com/crds/prowjob.yaml',
      problem: 'edited',
      detail: 'vendor/example.com/crds/prowjob.yaml was changed: restore it from git',
    },
  ],
}
