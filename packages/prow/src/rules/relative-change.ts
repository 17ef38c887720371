import type { Rule } from '@overlay-render/check'
import type { Finding } from '@overlay-render/system'

import { textOf } from '../jobs/repository.ts'
import { alternativesOf } from './alternatives.ts'
import { atField, example, type ProwCheck } from './prow-check.ts'

const FIELDS = ['run_if_changed', 'skip_if_only_changed'] as const
/** `./` and a name. `./.*` is left alone: it matches what is in any folder. */
const RELATIVE = /^\^?\.\/[\w-]/u

/** Expressions for changed files that are written like relative paths. */
export const relativeChange: Rule<ProwCheck> = {
  name: 'relative-change',
  severity: 'warning',
  doc: 'An expression for changed files starts with `./`, which means any letter and a slash: the paths of changed files do not start with `./`.',
  check: (input) =>
    input.prow.jobs.flatMap((job) =>
      FIELDS.flatMap((field): Finding[] => {
        const found = alternativesOf(textOf(job.written, field)).find((text) => RELATIVE.test(text))
        if (found === undefined) return []
        return [
          atField(input, job, field, {
            rule: 'relative-change',
            severity: 'warning',
            message: `${field} of ${job.name} starts with ./ (${found}), which is not at the start of any changed path`,
            hint: `write ${found.replace('./', '')}`,
          }),
        ]
      }),
    ),
  examples: {
    fires: [
      example('a relative path', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, run_if_changed: ./common*bundle.yaml, SPEC}',
      }),
      example('the second alternative', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, skip_if_only_changed: "^docs/|^./images", SPEC}',
      }),
    ],
    silent: [
      example('an escaped dot', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, run_if_changed: "\\\\.github/.*", SPEC}',
      }),
      example('any folder', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, run_if_changed: "./.*", SPEC}',
      }),
    ],
  },
}
