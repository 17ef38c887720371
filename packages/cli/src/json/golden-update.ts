import * as v from 'valibot'

import { list, output, type Printed, text, texts } from './fields.ts'
import { errors } from './shared.ts'

export const schema = output({
  goldens: list(
    v.strictObject({
      overlay: text('Its name. For a deleted overlay, that of its golden.'),
      written: texts('The files that were written, relative to the folder of goldens.'),
      removed: texts('The files that were removed.'),
      unchanged: texts('The files that are as they were.'),
    }),
    'The goldens.',
  ),
  errors,
})

export type GoldenUpdateJson = Printed<v.InferOutput<typeof schema>>

export const example: GoldenUpdateJson = {
  version: 1,
  goldens: [{ overlay: 'testing', written: ['testing.yaml'], removed: [], unchanged: [] }],
}
