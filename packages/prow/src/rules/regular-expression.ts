import type { Finding } from '@overlay-render/system'

import { textOf, textsOf } from '../jobs/repository.ts'
import { compileGo } from './go-regular-expression.ts'
import { atField, example, nameOf, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

/** The fields with a regular expression. Prow joins the items of lists with `|`. */
const FIELDS: readonly string[] = ['trigger', 'run_if_changed', 'skip_if_only_changed']
const LISTS: readonly string[] = ['branches', 'skip_branches']

/** Invalid regular expressions. */
export const regularExpression: Rule<ProwCheck> = {
  name: 'regular-expression',
  severity: 'error',
  doc: "A regular expression is not valid in Go's RE2 syntax.",
  check: (input) =>
    input.prow.jobs.flatMap((job): Finding[] =>
      [
        ...FIELDS.map((field) => [field, textOf(job.written, field)] as const),
        ...LISTS.flatMap((field) => textsOf(job.written, field).map((text) => [field, text] as const)),
      ].flatMap(([field, pattern]) => {
        const compiled = pattern === '' ? undefined : compileGo(pattern)
        if (typeof compiled !== 'string') return []
        return [
          atField(input, job, field, {
            rule: 'regular-expression',
            severity: 'error',
            message: `${nameOf(job)}: ${field} is not a valid regular expression: ${compiled}`,
            hint: "Go's expressions have no look-around and no back references",
          }),
        ]
      }),
    ),
  examples: {
    fires: [
      example('a look-ahead', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, run_if_changed: "^(?!docs/)", SPEC}',
      }),
      example('a bracket without its end', {
        jobs: 'postsubmits:\n  o/r:\n  - {name: a, branches: ["release-("], SPEC}',
      }),
      example('a glob', { jobs: 'presubmits:\n  o/r:\n  - {name: a, skip_branches: ["*"], SPEC}' }),
    ],
    silent: [
      example('valid expressions', {
        jobs: 'presubmits:\n  o/r:\n  - {name: a, run_if_changed: "^(a|b)/.*\\\\.go$", branches: ["^release-\\\\d+$"], SPEC}',
      }),
    ],
  },
}
