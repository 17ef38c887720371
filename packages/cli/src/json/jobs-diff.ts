import * as v from 'valibot'

import { change } from './changes.ts'
import { count, list, object, output, type Printed, text } from './fields.ts'
import { job } from './jobs.ts'

export const schema = output({
  before: text('The first side, as it was given.'),
  after: text('The second side, as it was given.'),
  counts: object(
    v.strictObject({
      before: count('How many jobs the first side has.'),
      after: count('How many jobs the second side has.'),
      changed: count('How many jobs were added, removed, renamed or changed.'),
      rewritten: count('How many jobs have other text and the same effect.'),
    }),
    'Numbers of jobs.',
  ),
  added: list(job, 'The jobs that only the second side has.'),
  removed: list(job, 'The jobs that only the first side has.'),
  renamed: list(
    v.strictObject({
      before: object(job, 'The job of the first side.'),
      after: object(job, 'The job of the second side.'),
      changes: list(change, 'What else changed in it.'),
    }),
    'The jobs that have another name.',
  ),
  changed: list(
    v.strictObject({
      changes: list(change, 'What changed in each of them.'),
      jobs: list(job, 'The jobs, as the second side defines them.'),
    }),
    'The jobs that changed; equal changes are one entry.',
  ),
})

export type JobsDiffJson = Printed<v.InferOutput<typeof schema>>

export const example: JobsDiffJson = {
  version: 1,
  before: 'HEAD~1',
  after: '.',
  counts: { before: 21, after: 21, changed: 1, rewritten: 0 },
  added: [],
  removed: [],
  renamed: [],
  changed: [
    {
      changes: [
        {
          change: 'replaced',
          path: 'max_concurrency',
          steps: [{ key: 'max_concurrency' }],
          before: 1,
          after: 4,
        },
      ],
      jobs: [
        {
          type: 'presubmit',
          repo: 'org/repo',
          name: 'pull-unit-test',
          branches: [],
          file: 'jobs/org/repo/presubmits.yaml',
          line: 3,
          column: 3,
        },
      ],
    },
  ],
}
