import * as v from 'valibot'

import { choice, object, text } from './fields.ts'

const locked = v.strictObject({
  url: text('As kustomizations name it, without credentials.'),
  commit: v.optional(text('The full hash of the commit. Absent for a file and a chart.')),
  sha256: text('The digest of the file, or of the list of files and their digests.'),
})

/** What happened to the copy of a remote or chart. */
export const vendored = v.strictObject({
  url: text('As kustomizations name it, without credentials.'),
  outcome: choice(
    ['kept', 'added', 'updated', 'unused'],
    'What happened to its copy; `unused`: no overlay names it any more, and it is removed.',
  ),
  before: v.optional(object(locked, 'Its entry in the lock file before. Absent when there was none.')),
  after: v.optional(object(locked, 'Its entry in the lock file now. Absent when there is none.')),
})
