import * as v from 'valibot'

import { boolean, list, type Printed, text } from './fields.ts'

export const schema = v.strictObject({
  steps: list(
    v.strictObject({
      step: text('What adds the repository to Prow, in a few words.'),
      done: boolean('Whether it is done.'),
      hint: text('What to add, and where.'),
    }),
    'The steps, in order.',
  ),
})

export type ChecklistJson = Printed<v.InferOutput<typeof schema>>

export const example: ChecklistJson = {
  steps: [
    {
      step: 'a plugins entry',
      done: false,
      hint: 'add org/repo below plugins in plugins.yaml',
    },
  ],
}
