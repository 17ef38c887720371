import { printable } from '@overlay-render/system'

import type { ManifestDiff, ResourceChange } from '../diff/change.ts'
import type { ResourceId } from '../resources/resource-id.ts'
import { type Effect, effects } from '../effects/effects.ts'

/** One comparison of a report that may hold several, such as one for each overlay, or why there is none. */
export type ReportEntry = ComparedEntry | FailedEntry | NoteEntry

export interface ComparedEntry {
  /** The overlay, or what else was compared. */
  readonly title: string
  readonly diff: ManifestDiff
  /** The command that accepts the difference, shown where there is one. */
  readonly acceptCommand?: string
  /** The command that says where a resource of the new side comes from, or with a path in yq's language a value in it. */
  readonly explainCommand?: ((id: ResourceId, path: string) => string) | undefined
  /**
   * False when the two sides are not an old and a new state of one cluster, such as testing and production: what
   * applying one over the other would do is then left out.
   */
  readonly sameCluster?: boolean
}

export interface FailedEntry {
  readonly title: string
  /** Why nothing could be compared, in a sentence or a few lines that hold no secret. */
  readonly problem: string
}

/** A part that is made elsewhere, such as what a change does to Prow's jobs. It passes, whatever it says. */
export interface NoteEntry {
  readonly title: string
  /** A few words after the title. */
  readonly summary: string
  /** Lines without a secret; those that begin with `+` and `-` are shown as added and removed. */
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

/** What applying the new side does, where that is a question. */
export function effectsOf({ diff, sameCluster = true }: ComparedEntry): Effect[] {
  return sameCluster ? effects(diff) : []
}

export interface ReportOptions {
  /** Columns to wrap at; absent: lines are as long as their content. */
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

/** `2 changed, 1 added, 130 unchanged`: what is zero is left out. */
export function formatCounts(counts: Counts): string {
  const parts = (['changed', 'added', 'removed', 'renamed', 'unchanged'] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${counts[kind]} ${kind}`)
  if (counts.ignored > 0) parts.push(`${plural(counts.ignored, 'difference')} ignored`)
  return parts.join(', ') || 'no resources'
}

/** A finding in one line: what is wrong, and what to do. */
export function findingText(message: string, hint: string | undefined): string {
  return printable(hint === undefined ? message : `${message}: ${hint}`)
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** Whether anything is left that a person has to look at. */
export function differs({ resources }: ManifestDiff): boolean {
  return resources.length > 0
}
