import type * as v from 'valibot'

import { change, hunk, step } from './changes.ts'
import { comparison, failure, note, schema as report } from './diff.ts'
import { schema as jobsDiff } from './jobs-diff.ts'
import { job } from './jobs.ts'
import {
  checkFinding,
  error,
  finding,
  objectFinding,
  overlayError,
  position,
  reason,
  resource,
} from './shared.ts'
import { vendored } from './vendored.ts'

/** A shape with a name, in the `$defs` of each schema that uses it. */
export interface Definition {
  readonly schema: v.GenericSchema
  readonly meaning: string
}

/** The shapes that have a name. */
export const DEFINITIONS: Readonly<Record<string, Definition>> = {
  resource: { schema: resource, meaning: 'The identity of a Kubernetes object.' },
  position: { schema: position, meaning: 'A place in a file.' },
  finding: { schema: finding, meaning: "A message about the user's files." },
  checkFinding: { schema: checkFinding, meaning: 'A finding of `check`, with its overlays.' },
  objectFinding: { schema: objectFinding, meaning: 'A finding about an object of a plan.' },
  error: { schema: error, meaning: 'What went wrong, and what to do about it.' },
  overlayError: { schema: overlayError, meaning: 'Why one of several overlays failed.' },
  reason: { schema: reason, meaning: 'Why a change can affect an overlay.' },
  comparison: { schema: comparison, meaning: 'A comparison of two sides.' },
  failure: { schema: failure, meaning: 'An overlay that could not be compared.' },
  note: { schema: note, meaning: 'A section of a review about something other than manifests.' },
  report: { schema: report, meaning: 'The report of `diff`.' },
  jobsDiff: { schema: jobsDiff, meaning: 'The report of `jobs diff`.' },
  change: { schema: change, meaning: 'One difference within a resource or a job.' },
  step: {
    schema: step,
    meaning: 'One step of a path: a key, an index, an item with a name, or into a file.',
  },
  hunk: { schema: hunk, meaning: 'Changed lines of a text, with some lines around them.' },
  job: { schema: job, meaning: 'A job of Prow, and the place of its definition.' },
  vendored: { schema: vendored, meaning: 'What happened to the copy of a remote or chart.' },
}
