import { changeJson, toJson, type ValueMap } from '@overlay-render/golden'
import { placeData } from '@overlay-render/system'

import { countChanged, type JobReference, type JobsDiff } from '../jobs-diff.ts'

/** The version of the format. It is raised when a field changes its meaning or is removed, not for new fields. */
const VERSION = 1

/** A diff as JSON. Changes have the same form as in the JSON report of manifests. */
export function jsonReport(diff: JobsDiff): string {
  return `${toJson(jobsDiffData(diff), '  ')}\n`
}

/** A diff as data, to be part of a larger value. */
export function jobsDiffData(diff: JobsDiff): ValueMap {
  return {
    version: VERSION,
    before: diff.before,
    after: diff.after,
    counts: {
      before: diff.jobsBefore,
      after: diff.jobsAfter,
      changed: countChanged(diff),
      rewritten: diff.rewritten,
    },
    added: diff.added.map(reference),
    removed: diff.removed.map(reference),
    renamed: diff.renamed.map(({ before, after, changes }) => ({
      before: reference(before),
      after: reference(after),
      changes: changes.map(changeJson),
    })),
    changed: diff.changed.map(({ changes, jobs }) => ({
      changes: changes.map(changeJson),
      jobs: jobs.map(reference),
    })),
  }
}

/** A job in JSON reports. */
export function reference({ type, repo, name, branches, position }: JobReference): ValueMap {
  return {
    type,
    ...(repo === undefined ? {} : { repo }),
    name,
    branches: [...branches],
    ...placeData(position),
  }
}
