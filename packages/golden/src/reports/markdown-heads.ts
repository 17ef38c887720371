import { printable } from '@overlay-render/system'

import type { Grouping } from '../diff/group-changes.ts'
import { type Effect, EFFECT_TITLES } from '../effects/effects.ts'
import { formatId } from '../resources/resource-id.ts'
import { readingOrder, resourceNote, resourceTitle } from './describe-change.ts'
import { describeGroup } from './describe-group.ts'
import { clip, diffLines, escapeInline, fenceFor } from './markdown-text.ts'
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

// The parts of the page that are not shortened to fit: the head of each comparison, and the groups of equal changes.

/** How many groups a report has, and how many resources a group lists. Groups are not shortened. */
const MAX_GROUPS = 20
const MAX_PLACES = 40

/** The groups of equal changes, which are not shortened with their resources. */
export function groupLines(
  { groups }: Grouping,
  titles: readonly string[],
  comparison: number | undefined,
): string {
  const own = groups.filter((group) => group.comparison === comparison)
  const lines = own.slice(0, MAX_GROUPS).flatMap((group) => {
    const { heading, lines: changed, places, more } = describeGroup(group, titles, MAX_PLACES)
    const body = diffLines(changed.slice(0, MAX_PLACES))
    const fence = fenceFor(body)
    return [
      `**${escapeInline(clip(heading))}**`,
      '',
      ...(body.length === 0 ? [] : [`${fence}diff`, ...body, fence, '']),
      ...places.map(({ resource, path, titles: names }) =>
        clip(
          `- ${[escapeInline(resource), escapeInline(path), names.length > 0 ? `in ${escapeInline(names.join(', '))}` : ''].filter(Boolean).join(' ')}`,
        ),
      ),
      ...(more > 0 ? [`- ${plural(more, 'more resource')}`] : []),
      '',
    ]
  })
  const left = own.length - MAX_GROUPS
  if (left > 0) lines.push(`${plural(left, 'more change')} in several places: see the html report.`, '')
  return lines.map((line) => `${line}\n`).join('')
}

/** The head of a comparison: a table of its resources, what applying it does, its findings. */
export function entryHead(entry: ReportEntry): string {
  if (isFailed(entry)) return failedHead(entry)
  if (!isCompared(entry)) return noteHead(entry)
  const { title, diff, acceptCommand } = entry
  const lines = [`### ${escapeInline(title)}: ${formatCounts(countsOf(diff))}`, '']
  const resources = readingOrder(diff.resources)
  if (resources.length > 0) {
    lines.push('| | Resource | |', '| --- | --- | --- |')
    for (const change of resources.slice(0, MAX_ROWS)) {
      lines.push(`| ${change.kind} | ${escapeInline(resourceTitle(change))} | ${resourceNote(change)} |`)
    }
    if (resources.length > MAX_ROWS) lines.push(`| … | ${resources.length - MAX_ROWS} more | |`)
    lines.push('')
  }
  lines.push(...effectLines(effectsOf(entry)))
  for (const finding of diff.findings) {
    lines.push(`**${finding.severity}**: ${escapeInline(placedFindingText(finding))}`, '')
  }
  for (const { rule, count } of diff.ignored) {
    lines.push(`${plural(count, 'difference')} ignored by the rule: ${escapeInline(rule)}`, '')
  }
  if (acceptCommand !== undefined && differs(diff)) {
    lines.push('To accept:', '', '```sh', printable(acceptCommand), '```', '')
  }
  return lines.join('\n')
}

const MAX_ROWS = 100
const MAX_EFFECTS = 50

function failedHead({ title, problem }: FailedEntry): string {
  const lines = problem.split('\n').map(printable)
  const fence = fenceFor(lines)
  return [`### ${escapeInline(title)}: not compared`, '', fence, ...lines, fence, ''].join('\n')
}

/** How many lines of a note are shown; the html report has all of them. */
const MAX_NOTE_LINES = 200

function noteHead(entry: NoteEntry): string {
  const lines = noteLines(entry)
  const shown = lines.slice(0, MAX_NOTE_LINES)
  if (lines.length > shown.length) shown.push(`… ${lines.length - shown.length} more lines`)
  const fence = fenceFor(shown)
  const summary = `<summary>${escapeInline(entry.summary)}</summary>`
  const fold = ['<details>', summary, '', `${fence}diff`, ...shown, fence, '', '</details>', '']
  return [`### ${escapeInline(entry.title)}`, '', ...fold].join('\n')
}

/** A list item for each kind of effect, with a nested item for each resource. */
function effectLines(found: readonly Effect[]): string[] {
  if (found.length === 0) return []
  const lines: string[] = []
  let last: string | undefined
  for (const { kind, id, reason } of found.slice(0, MAX_EFFECTS)) {
    const count = found.filter((effect) => effect.kind === kind).length
    if (kind !== last) lines.push(`- **${EFFECT_TITLES[kind]}** (${count})`)
    last = kind
    lines.push(`  - ${escapeInline(formatId(id))} (${escapeInline(reason)})`)
  }
  if (found.length > MAX_EFFECTS) lines.push(`- ${found.length - MAX_EFFECTS} more`)
  return ['**Applying it**', '', ...lines, '']
}
