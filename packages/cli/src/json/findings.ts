import type * as v from 'valibot'

import { list, output, type Printed } from './fields.ts'
import { finding } from './shared.ts'

export const schema = output({
  findings: list(finding, 'What was found. Empty when there is nothing.'),
})

export type FindingsJson = Printed<v.InferOutput<typeof schema>>

export const example: FindingsJson = {
  version: 1,
  findings: [
    {
      rule: 'kubeconfig-context',
      severity: 'error',
      message:
        'the job pull-unit-test without a cluster would run in the context default, which no kubeconfig defines',
      file: 'jobs/org/repo/presubmits.yaml',
      line: 4,
      column: 5,
      hint: 'add the context, or change the cluster',
    },
  ],
}
