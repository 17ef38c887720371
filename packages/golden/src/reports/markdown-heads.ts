import { printable } from '@overlay-render/system'

import { type Effect, EFFECT_TITLES } from '../effects/effects.ts'
import { formatId } from '../resources/resource-id.ts'
import { readingOrder, resourceNote, resourceTitle } from './describe-change.ts'
import { clip, escapeInline, fenceFor } from './markdown-text.ts'
import {
  countsOf,
  differs,
  effectsOf,
  type FailedEntry,
  formatCounts,
  isCompared,
  isFailed,
  type NoteEntry,
  noteLines,
  placedFindingText,
  plural,
  type ReportEntry,
} from './report.ts'

// The head of each comparison in the page: what is shown of it even when the page is full.

/**
 * The head of a comparison: a table of its resources, what applying it does, its findings.
 *
 * @param most rows of the table, effects and findings; lines of a problem or a note
 */
export function entryHead(entry: ReportEntry, most: number): string {
  if (isFailed(entry)) return failedHead(entry, most)
  if (!isCompared(entry)) return noteHead(entry, most)
  const { title, diff, acceptCommand } = entry
  const lines = [`### ${escapeInline(title)}: ${formatCounts(countsOf(diff))}`, '']
  const resources = readingOrder(diff.resources)
  if (resources.length > 0) {
    lines.push('| | Resource | |', '| --- | --- | --- |')
    for (const change of resources.slice(0, most)) {
      lines.push(`| ${change.kind} | ${escapeInline(resourceTitle(change))} | ${resourceNote(change)} |`)
    }
    if (resources.length > most) lines.push(`| … | ${resources.length - most} more | |`)
    lines.push('')
  }
  lines.push(...effectLines(effectsOf(entry), most))
  for (const finding of diff.findings.slice(0, most)) {
    lines.push(clip(`**${finding.severity}**: ${escapeInline(placedFindingText(finding))}`), '')
  }
  if (diff.findings.length > most) lines.push(`… ${plural(diff.findings.length - most, 'more finding')}`, '')
  for (const { rule, count } of diff.ignored) {
    lines.push(`${plural(count, 'difference')} ignored by the rule: ${escapeInline(rule)}`, '')
  }
  if (acceptCommand !== undefined && differs(diff)) {
    lines.push('To accept:', '', '```sh', printable(acceptCommand), '```', '')
  }
  return lines.join('\n')
}

/** Lines of a problem that are always shown. */
const MIN_PROBLEM_LINES = 5

function failedHead({ title, problem }: FailedEntry, most: number): string {
  const lines = firstLines(problem.split('\n').map(printable), most + MIN_PROBLEM_LINES)
  const fence = fenceFor(lines)
  return [`### ${escapeInline(title)}: not compared`, '', fence, ...lines, fence, ''].join('\n')
}

function noteHead(entry: NoteEntry, most: number): string {
  const title = `### ${escapeInline(entry.title)}`
  if (most === 0) return [title, '', escapeInline(entry.summary), ''].join('\n')
  const shown = firstLines(noteLines(entry), 2 * most)
  const fence = fenceFor(shown)
  const summary = `<summary>${escapeInline(entry.summary)}</summary>`
  const fold = ['<details>', summary, '', `${fence}diff`, ...shown, fence, '', '</details>', '']
  return [title, '', ...fold].join('\n')
}

/** The html report has all of them. */
function firstLines(lines: readonly string[], most: number): string[] {
  const shown = lines.slice(0, most).map(clip)
  if (lines.length > shown.length) shown.push(`… ${plural(lines.length - shown.length, 'more line')}`)
  return shown
}

/** A list item for each kind of effect, with a nested item for each resource. */
function effectLines(found: readonly Effect[], most: number): string[] {
  if (found.length === 0) return []
  const lines: string[] = []
  let last: string | undefined
  for (const { kind, id, reason } of found.slice(0, most)) {
    const count = found.filter((effect) => effect.kind === kind).length
    if (kind !== last) lines.push(`- **${EFFECT_TITLES[kind]}** (${count})`)
    last = kind
    lines.push(clip(`  - ${escapeInline(formatId(id))} (${escapeInline(reason)})`))
  }
  if (found.length > most) lines.push(`- ${found.length - most} more`)
  return ['**Applying it**', '', ...lines, '']
}
