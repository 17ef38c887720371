import type { ResourceChange } from '../diff/change.ts'
import { groupChanges, type Grouping } from '../diff/group-changes.ts'
import { isCompared, type ReportEntry } from './report.ts'

/** Groups equal changes within and across the comparisons of a report. */
export function groupEntries(entries: readonly ReportEntry[]): Grouping {
  return groupChanges(entries.map((entry) => (isCompared(entry) ? entry.diff : undefined)))
}

/** A resource without its grouped changes; undefined when all are grouped. */
export function withoutGrouped(resource: ResourceChange, { groupOf }: Grouping): ResourceChange | undefined {
  if (groupOf(resource) !== undefined) return undefined
  const changes = resource.changes.filter((change) => groupOf(change) === undefined)
  if (changes.length === resource.changes.length) return resource
  return changes.length === 0 && resource.kind === 'changed' ? undefined : { ...resource, changes }
}
