import { findingData } from '@overlay-render/system'

import { type Change, formatPath, type Path, type ResourceChange } from '../diff/change.ts'
import type { ChangeGroup } from '../diff/group-changes.ts'
import { describeGroup } from './describe-group.ts'
import { groupEntries } from './grouped.ts'
import type { ResourceId } from '../resources/resource-id.ts'
import { toJson, type Value, type ValueMap } from '../resources/value.ts'
import { countsOf, differs, effectsOf, isCompared, type ReportEntry } from './report.ts'

/** Increased when a field is removed or changes its meaning, but not for new fields. */
const JSON_REPORT_VERSION = 1

/** The report for programs, documented in docs/diff-format.md. */
export function jsonReport(entries: readonly ReportEntry[]): string {
  return `${toJson(reportData(entries), '  ')}\n`
}

/** The report for programs as data, to be part of a larger value. */
export function reportData(entries: readonly ReportEntry[]): ValueMap {
  const titles = entries.map(({ title }) => title)
  const groups = groupEntries(entries).groups.map((found) => group(found, titles))
  return { version: JSON_REPORT_VERSION, comparisons: entries.map(comparison), groups }
}

/** The places of a group; its changes are in the comparisons. */
function group(found: ChangeGroup, titles: readonly string[]): ValueMap {
  const [words] = found.words
  return {
    heading: describeGroup(found, titles, 0).heading,
    ...(found.changes.length > 1 || words === undefined ? {} : { words: { ...words } }),
    places: found.places.map(({ comparison: index, resource: place, changes }) => ({
      comparison: titles[index] ?? '',
      resource: identity(place.id),
      paths: changes.map(({ path }) => formatPath(path)),
    })),
  }
}

function comparison(entry: ReportEntry): ValueMap {
  // Failures and notes are plain data.
  if (!isCompared(entry)) return { ...entry }
  const { title, diff, acceptCommand } = entry
  return {
    title,
    before: diff.before,
    after: diff.after,
    differs: differs(diff),
    counts: { ...countsOf(diff) },
    resources: diff.resources.map(resource),
    ignored: diff.ignored.map((ignored) => ({ ...ignored })),
    effects: effectsOf(entry).map(({ kind, id, reason }) => ({ kind, resource: identity(id), reason })),
    findings: diff.findings.map((finding) => ({ ...findingData(finding) })),
    ...(acceptCommand === undefined ? {} : { acceptCommand }),
  }
}

function resource({ kind, id, previousId, changes, before, after }: ResourceChange): ValueMap {
  return {
    change: kind,
    resource: identity(id),
    ...(previousId === undefined ? {} : { previous: identity(previousId) }),
    ...(kind === 'added' && after !== undefined ? { value: after } : {}),
    ...(kind === 'removed' && before !== undefined ? { value: before } : {}),
    changes: changes.map(changeJson),
  }
}

export function identity({ apiVersion, kind, namespace, name }: ResourceId): ValueMap {
  return { apiVersion, kind, namespace, name }
}

/** A change in the format of the JSON report. */
export function changeJson(item: Change): ValueMap {
  const place: ValueMap = { change: item.kind, path: formatPath(item.path), steps: steps(item.path) }
  switch (item.kind) {
    case 'added':
      return { ...place, after: item.after }
    case 'removed':
      return { ...place, before: item.before }
    case 'replaced':
      return { ...place, before: item.before, after: item.after }
    case 'reordered':
      return {
        ...place,
        before: [...item.before],
        after: [...item.after],
        moved: item.moved.map((moved) => ({ ...moved })),
      }
    case 'text':
      return {
        ...place,
        reason: item.reason,
        linesAdded: item.linesAdded,
        linesRemoved: item.linesRemoved,
        hunks: item.hunks.map(({ beforeStart, afterStart, lines }) => ({
          beforeStart,
          afterStart,
          lines: lines.map((line) => ({ ...line })),
        })),
      }
  }
}

function steps(path: Path): Value[] {
  return path.map((step) => {
    switch (step.kind) {
      case 'key':
        return { key: step.key }
      case 'index':
        return { index: step.index, ...(step.label === undefined ? {} : { label: step.label }) }
      case 'item':
        return {
          item: Object.fromEntries(step.fields.map(({ field, value }) => [field, value])),
          index: step.index,
        }
      case 'file':
        return { file: true }
    }
  })
}
