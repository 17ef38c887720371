import type { ConfigInput } from '@overlay-render/configs'

import type { ExpressionSubject } from './run-expression.ts'

/** What a `timed-out` fault names when the work on a config takes too long. */
export function subjectOf({ base, script }: ConfigInput): ExpressionSubject {
  if (script === undefined) return { subject: `the base config ${base.file}` }
  return {
    subject: `the patch script ${script.file}`,
    position: { file: script.file, line: 1, column: 1 },
  }
}
