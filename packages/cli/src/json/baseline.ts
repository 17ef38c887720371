import * as v from 'valibot'

import { count, object, output, type Printed, text } from './fields.ts'

export const schema = output({
  baseline: object(
    v.strictObject({
      file: text('The file that was written, relative to the workspace.'),
      findings: count('How many findings are in it.'),
    }),
    'The findings that later runs ignore.',
  ),
})

export type BaselineJson = Printed<v.InferOutput<typeof schema>>

export const example: BaselineJson = {
  version: 1,
  baseline: { file: 'overlay-render.baseline', findings: 12 },
}
