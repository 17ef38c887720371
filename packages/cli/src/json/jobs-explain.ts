import * as v from 'valibot'

import { anything, list, object, output, type Printed, text } from './fields.ts'
import { job } from './jobs.ts'
import { optionalPlace } from './shared.ts'

const field = v.strictObject({
  path: text('Such as `spec.containers[0].env[name=GOPROXY].value`.'),
  value: anything('Its value, as Prow runs the job.'),
  ...optionalPlace,
  via: v.optional(text('How it gets there: a preset, a default. Absent when the job itself sets it.')),
})

export const schema = output({
  jobs: list(
    v.strictObject({
      job: object(job, 'The job.'),
      fields: list(field, 'Its fields, or those below the path.'),
    }),
    'The jobs with this name.',
  ),
})

export type JobsExplainJson = Printed<v.InferOutput<typeof schema>>

export const example: JobsExplainJson = {
  version: 1,
  jobs: [
    {
      job: {
        type: 'presubmit',
        repo: 'org/repo',
        name: 'pull-unit-test',
        branches: [],
        file: 'jobs/org/repo/presubmits.yaml',
        line: 3,
        column: 3,
      },
      fields: [
        {
          path: 'max_concurrency',
          value: 4,
          file: 'jobs/org/repo/presubmits.yaml',
          line: 6,
          column: 22,
        },
      ],
    },
  ],
}
