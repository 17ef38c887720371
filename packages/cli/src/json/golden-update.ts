import * as v from 'valibot'

import { list, type Printed, text, texts } from './fields.ts'
import { errors } from './shared.ts'

export const schema = v.strictObject({
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
  goldens: [{ overlay: 'testing', written: ['testing.yaml'], removed: [], unchanged: [] }],
}
