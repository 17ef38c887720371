import * as v from 'valibot'

import { boolean, list, output, type Printed, text } from './fields.ts'

export const schema = output({
  steps: list(
    v.strictObject({
      step: text('What adds the repository to Prow, in a few words.'),
      done: boolean('Whether it is done.'),
      hint: text('What to add, and where; also when it is done.'),
    }),
    'The steps, in order.',
  ),
})

export type ChecklistJson = Printed<v.InferOutput<typeof schema>>

export const example: ChecklistJson = {
  version: 1,
  steps: [
    { step: 'jobs', done: true, hint: 'add presubmits: {org/repo: […]} to a job file' },
    { step: 'plugin lgtm', done: false, hint: 'enable lgtm for org/repo or org in plugins.yaml' },
  ],
}
