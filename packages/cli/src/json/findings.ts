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
      rule: 'context-unknown',
      severity: 'error',
      message: 'no kubeconfig has the context build-arm, which 3 jobs run in',
      file: 'jobs/org/repo/presubmits.yaml',
      line: 4,
      column: 5,
    },
  ],
}
