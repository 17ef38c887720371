import { printable } from '@overlay-render/system'

import {
  type Change,
  formatPath,
  formatYqPath,
  type Hunk,
  type Reordered,
  type ResourceChange,
} from '../diff/change.ts'
import { siblingRuns } from '../diff/group-changes.ts'
import { compareText, formatId } from '../resources/resource-id.ts'
import { setMember, type Value, type ValueMap } from '../resources/value.ts'
import { plural } from './report.ts'
import { markLines } from './mark-lines.ts'
import type { ShownLine } from './shown-line.ts'
import { showValue } from '../resources/show-value.ts'

/** One change as a heading and lines, for every report that people read. */
export interface ShownChange {
  readonly path: string
  /** The path as a yq expression, if it exists on the new side. */
  readonly place?: string
  /** A remark beside the lines, such as `order changed`. */
  readonly note: string
  readonly lines: readonly ShownLine[]
}

/** How many lines of a resource or a value are shown. */
const MAX_LINES = 80

/** Describes one change. A long value is cut after `most` lines. */
export function describeChange(change: Change, most: number = MAX_LINES): ShownChange {
  const shown = describe(change, most)
  const place = change.kind === 'removed' ? {} : { place: formatYqPath(change.path) }
  return { path: printable(formatPath(change.path)), ...place, ...shown, lines: markLines(shown.lines) }
}

/** Describes changes; those of sibling keys are combined. */
export function describeChanges(changes: readonly Change[], most: number = MAX_LINES): ShownChange[] {
  return siblingRuns(changes).flatMap((run) => {
    const lines = run.map(keyLines)
    const parent = run[0]?.path.slice(0, -1) ?? []
    if (run.length > 1 && lines.every((shown) => shown !== undefined)) {
      return [
        {
          path: printable(formatPath(parent)),
          place: formatYqPath(parent),
          note: '',
          lines: markLines(lines.flatMap((shown) => shown)),
        },
      ]
    }
    return run.map((change) => describeChange(change, most))
  })
}

/** `key: value` lines for a change with one line per side; undefined for other changes. */
function keyLines(change: Change): ShownLine[] | undefined {
  const key = change.path.at(-1)
  if (key?.kind !== 'key' || change.kind === 'text' || change.kind === 'reordered') return undefined
  const lines = [
    ...(change.kind === 'added' ? [] : keyLine(key.key, change.before, 'removed')),
    ...(change.kind === 'removed' ? [] : keyLine(key.key, change.after, 'added')),
  ]
  return lines.length === (change.kind === 'replaced' ? 2 : 1) ? lines : undefined
}

function keyLine(key: string, value: Value, kind: 'removed' | 'added'): ShownLine[] {
  const map: ValueMap = {}
  setMember(map, key, value)
  const { lines, more } = showValue(map, 2)
  return more > 0 ? [] : lines.map((text) => ({ kind, text }))
}

function describe(change: Change, most: number): Omit<ShownChange, 'path'> {
  switch (change.kind) {
    case 'added':
      return { note: 'added', lines: valueLines(change.after, 'added', most) }
    case 'removed':
      return { note: 'removed', lines: valueLines(change.before, 'removed', most) }
    case 'replaced':
      return {
        note: '',
        lines: [...valueLines(change.before, 'removed', most), ...valueLines(change.after, 'added', most)],
      }
    case 'reordered':
      return { note: orderNote(change), lines: orderLines(change.before, change.after) }
    case 'text': {
      const counts = `${plural(change.linesRemoved, 'line')} removed, ${change.linesAdded} added`
      return {
        note: change.reason === 'layout' ? `same content; comments or layout changed: ${counts}` : counts,
        lines: cut(change.hunks.flatMap(hunkLines), 4 * most),
      }
    }
  }
}

/** The content of a report below the heading of a resource. */
export function describeResource(change: ResourceChange, most: number = MAX_LINES): ShownChange[] {
  if (change.kind === 'added' && change.after !== undefined) {
    return [{ path: '', note: '', lines: markLines(valueLines(change.after, 'added', most)) }]
  }
  if (change.kind === 'removed' && change.before !== undefined) {
    return [{ path: '', note: '', lines: markLines(valueLines(change.before, 'removed', most)) }]
  }
  return describeChanges(change.changes, most)
}

/** `Deployment prow/deck`; for a rename `old → new`. */
export function resourceTitle({ id, previousId }: ResourceChange): string {
  if (previousId === undefined) return printable(formatId(id))
  const sameVersion = previousId.apiVersion === id.apiVersion
  const old = sameVersion ? formatId(previousId) : `${previousId.apiVersion} ${formatId(previousId)}`
  const fresh = sameVersion ? formatId(id).slice(id.kind.length + 1) : `${id.apiVersion} ${formatId(id)}`
  return printable(`${old} → ${fresh}`)
}

/** The remark after a resource's name in a summary. */
export function resourceNote(change: ResourceChange): string {
  switch (change.kind) {
    case 'added':
      return 'added'
    case 'removed':
      return 'removed'
    case 'changed':
      return plural(change.changes.length, 'change')
    case 'renamed':
      return change.changes.length === 0
        ? 'renamed only'
        : `renamed, ${plural(change.changes.length, 'change')}`
  }
}

const READING_ORDER: readonly ResourceChange['kind'][] = ['removed', 'renamed', 'changed', 'added']

/** Sorts resources for reviewers: removed ones first, then by kind and name. */
export function readingOrder(resources: readonly ResourceChange[]): ResourceChange[] {
  return [...resources].sort(
    (a, b) =>
      READING_ORDER.indexOf(a.kind) - READING_ORDER.indexOf(b.kind) ||
      compareText(a.id.kind, b.id.kind) ||
      compareText(a.id.namespace, b.id.namespace) ||
      compareText(a.id.name, b.id.name),
  )
}

function valueLines(value: Value, kind: 'removed' | 'added', most: number): ShownLine[] {
  const { lines, more } = showValue(value, most)
  return [...lines.map((text) => ({ kind, text })), ...leftOut(more)]
}

/** More moves than this are not listed. */
const MAX_MOVES = 3

function orderNote({ moved }: Reordered): string {
  const moves = moved.map(({ name, from, to }) => `${printable(name)} moved from [${from}] to [${to}]`)
  return moves.length > 0 && moves.length <= MAX_MOVES
    ? `order changed: ${moves.join(', ')}`
    : 'order changed'
}

/** How many names of an order are listed. */
const MAX_NAMES = 20

/** The old and the new order, without their common start and end. */
function orderLines(before: readonly string[], after: readonly string[]): ShownLine[] {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  let end = 0
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++
  const listed = (names: readonly string[]): string => {
    const moved = names.slice(start, names.length - end)
    const hidden = moved.length - MAX_NAMES
    const shown = [
      ...(start > 0 ? ['…'] : []),
      ...moved.slice(0, MAX_NAMES),
      ...(hidden > 0 ? [`… ${hidden} more`] : end > 0 ? ['…'] : []),
    ]
    return printable(shown.join(', '))
  }
  return [
    { kind: 'removed', text: listed(before) },
    { kind: 'added', text: listed(after) },
  ]
}

function hunkLines({ afterStart, lines }: Hunk): ShownLine[] {
  return [
    { kind: 'place', text: `line ${afterStart}` },
    ...lines.map(({ kind, text }) => ({ kind, text: printable(text) })),
  ]
}

function cut(lines: readonly ShownLine[], most: number): ShownLine[] {
  return [...lines.slice(0, most), ...leftOut(lines.length - most)]
}

function leftOut(count: number): ShownLine[] {
  return count > 0 ? [{ kind: 'cut', text: plural(count, 'more line') }] : []
}
