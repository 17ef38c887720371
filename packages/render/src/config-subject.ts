import type { ConfigInput } from '@overlay-render/configs'

import type { ExpressionSubject } from './run-expression.ts'

/** How a limit of time names the making of a config. */
export function subjectOf({ base, script }: ConfigInput): ExpressionSubject {
  if (script === undefined) return { subject: `the base config ${base.file}` }
  return {
    subject: `the patch script ${script.file}`,
    position: { file: script.file, line: 1, column: 1 },
  }
}
