import { type Finding, formatPosition, printable } from '@overlay-render/system'

import type { ManifestDiff, ResourceChange } from '../diff/change.ts'
import type { ResourceId } from '../resources/resource-id.ts'
import type { ValueMap } from '../resources/value.ts'
import { type Effect, effects } from '../effects/effects.ts'

/** One entry of a report, such as an overlay: a comparison, the reason why there is none, or a note. */
export type ReportEntry = ComparedEntry | FailedEntry | NoteEntry

export interface ComparedEntry {
  /** The overlay, or the subject of another comparison. */
  readonly title: string
  readonly diff: ManifestDiff
  /** The command that accepts the difference, if any. */
  readonly acceptCommand?: string
  /** The command that explains where a resource of the new side, or a value at a yq path in it, comes from. */
  readonly explainCommand?: ((id: ResourceId, path: string) => string) | undefined
  /**
   * False when the sides are not an old and a new state of one cluster, such as testing and production: then the
   * report has no effects.
   */
  readonly sameCluster?: boolean
}

export interface FailedEntry {
  readonly title: string
  /** Why the comparison failed, in a sentence or a few lines without secrets. */
  readonly problem: string
  /** The error that stopped it, as data for the JSON report. Absent when nothing failed, such as for a golden without an overlay. */
  readonly error?: ValueMap
}

/** A section from another package, such as the changes of Prow's jobs. It never fails the report. */
export interface NoteEntry {
  readonly title: string
  /** Follows the title. */
  readonly summary: string
  /** Lines without secrets; those that begin with `+` or `-` are shown as added or removed. */
  readonly text: string
}

export function isFailed(entry: ReportEntry): entry is FailedEntry {
  return 'problem' in entry
}

export function isCompared(entry: ReportEntry): entry is ComparedEntry {
  return 'diff' in entry
}

/** The lines of a note, without control characters. */
export function noteLines({ text }: NoteEntry): string[] {
  return text.trimEnd().split('\n').map(printable)
}

/** The effects of applying the new side to the same cluster. */
export function effectsOf({ diff, sameCluster = true }: ComparedEntry): Effect[] {
  return sameCluster ? effects(diff) : []
}

export interface ReportOptions {
  /** The column to wrap at; lines are not wrapped when absent. */
  readonly width?: number
  /** ANSI colours, for `text`. */
  readonly colour?: boolean
}

export interface Counts {
  readonly changed: number
  readonly added: number
  readonly removed: number
  readonly renamed: number
  readonly unchanged: number
  readonly ignored: number
}

export function countsOf({ resources, unchanged, ignored }: ManifestDiff): Counts {
  const count = (kind: ResourceChange['kind']): number =>
    resources.filter((change) => change.kind === kind).length
  return {
    changed: count('changed'),
    added: count('added'),
    removed: count('removed'),
    renamed: count('renamed'),
    unchanged,
    ignored: ignored.reduce((total, rule) => total + rule.count, 0),
  }
}

/** `2 changed, 1 added, 130 unchanged`; zeros are left out. */
export function formatCounts(counts: Counts): string {
  const parts = (['changed', 'added', 'removed', 'renamed', 'unchanged'] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${counts[kind]} ${kind}`)
  if (counts.ignored > 0) parts.push(`${plural(counts.ignored, 'difference')} ignored`)
  return parts.join(', ') || 'no resources'
}

/** A finding in one line, with its hint. */
export function findingText(message: string, hint: string | undefined): string {
  return printable(hint === undefined ? message : `${message}: ${hint}`)
}

/** The same with its position in front, for reports that are read away from the terminal that printed it. */
export function placedFindingText({ position, message, hint }: Finding): string {
  const place = position === undefined ? '' : `${formatPosition(position)}: `
  return `${printable(place)}${findingText(message, hint)}`
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** Whether any resource differs. */
export function differs({ resources }: ManifestDiff): boolean {
  return resources.length > 0
}
