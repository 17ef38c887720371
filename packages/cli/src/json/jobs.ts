import * as v from 'valibot'

import { choice, count, text, texts } from './fields.ts'

/** A job of Prow. */
export const job = v.strictObject({
  type: choice(['presubmit', 'postsubmit', 'periodic'], 'Its type.'),
  repo: v.optional(text('Such as `org/repo`. Absent for a periodic.')),
  name: text('Its name.'),
  branches: texts('The patterns of its branches. Empty for all branches.'),
  file: text('The file that defines it.'),
  line: count('The line, from 1.'),
  column: count('The column in characters, from 1.'),
})
