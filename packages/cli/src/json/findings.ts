import * as v from 'valibot'

import { list, type Printed } from './fields.ts'
import { finding } from './shared.ts'

export const schema = v.strictObject({
  findings: list(finding, 'What was found. Empty when there is nothing.'),
})

export type FindingsJson = Printed<v.InferOutput<typeof schema>>

export const example: FindingsJson = {
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
