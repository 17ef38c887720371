import type * as v from 'valibot'

import { list, output, type Printed } from './fields.ts'
import { checkFinding } from './shared.ts'

export const schema = output({
  findings: list(
    checkFinding,
    'What was found, sorted by file, line, column and rule. Empty when there is nothing.',
  ),
})

export type CheckJson = Printed<v.InferOutput<typeof schema>>

export const example: CheckJson = {
  version: 1,
  findings: [
    {
      rule: 'image-not-pinned',
      severity: 'warning',
      file: 'base/deck.yaml',
      line: 14,
      column: 18,
      message:
        'the image deck:latest has the tag latest and no digest (Deployment prow/deck, container deck)',
      object: 'image deck:latest',
      hint: 'name a version or a digest',
      overlays: ['production', 'testing'],
    },
  ],
}
