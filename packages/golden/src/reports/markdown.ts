import { printable } from '@overlay-render/system'

import type { ResourceChange } from '../diff/change.ts'
import { type Effect, EFFECT_TITLES } from '../effects/effects.ts'
import { formatId } from '../resources/resource-id.ts'
import {
  describeResource,
  readingOrder,
  resourceNote,
  resourceTitle,
  type ShownChange,
} from './describe-change.ts'
import type { ShownLine } from './shown-line.ts'
import type { Grouping } from '../diff/group-changes.ts'
import { describeGroup } from './describe-group.ts'
import { groupEntries, withoutGrouped } from './grouped.ts'
import { markBelow, type ReportLine } from './mark-below.ts'
import {
  countsOf,
  differs,
  effectsOf,
  type FailedEntry,
  findingText,
  formatCounts,
  isCompared,
  isFailed,
  type NoteEntry,
  noteLines,
  plural,
  type ReportEntry,
} from './report.ts'

/** The longest comment that GitHub accepts, in characters. */
const GITHUB_LIMIT = 65_536
/** Reserved for the note about omitted parts. */
const RESERVE = 1_000

/** A part of the page that can be shortened to its heading and some lines. */
interface Section {
  readonly head: string
  readonly body: readonly string[]
  readonly tail: string
}

/** The report for pull requests: a table, then each resource in a collapsed block. Long blocks are shortened until all fit. */
export function markdownReport(entries: readonly ReportEntry[]): string {
  // The summary of a job would be empty.
  if (entries.length === 0) return 'No differences.\n'
  const grouping = groupEntries(entries)
  const titles = entries.map(({ title }) => title)
  const shared = groupLines(grouping, titles, undefined)
  const fixed = entries.map((entry, index) => {
    const own = groupLines(grouping, titles, index)
    // Without the empty line the first group would continue the last list item.
    return (index === 0 ? shared : '') + entryHead(entry) + (own === '' ? '' : `\n${own}`)
  })
  const sections = entries.map((entry) =>
    isCompared(entry)
      ? readingOrder(entry.diff.resources).flatMap((change) => resourceSection(change, grouping))
      : [],
  )
  const budget = GITHUB_LIMIT - RESERVE - fixed.reduce((total, text) => total + text.length, 0)
  const { shown, shortened, dropped } = fit(sections.flat(), Math.max(0, budget))
  const parts: string[] = []
  let at = 0
  for (const [index, head] of fixed.entries()) {
    parts.push(head)
    const count = sections[index]?.length ?? 0
    parts.push(...shown.slice(at, at + count).filter((text) => text !== ''))
    at += count
  }
  const note = leftOutNote(shortened, dropped)
  const page = [...parts, ...(note === '' ? [] : [note])].join('\n')
  return page.length <= GITHUB_LIMIT
    ? page
    : `${page.slice(0, GITHUB_LIMIT - 60).trimEnd()}\n\n… the rest is too long for a comment.\n`
}

function leftOutNote(shortened: number, dropped: number): string {
  const parts = [
    ...(shortened > 0 ? [`${plural(shortened, 'resource')} shortened`] : []),
    ...(dropped > 0 ? [`the details of ${plural(dropped, 'resource')} left out`] : []),
  ]
  return parts.length === 0
    ? ''
    : `> To fit into ${GITHUB_LIMIT} characters, ${parts.join(' and ')}: the html report has everything.\n`
}

/** How many groups a report has, and how many resources a group lists. Groups are not shortened. */
const MAX_GROUPS = 20
const MAX_PLACES = 40

/** The groups of equal changes, which are not shortened with their resources. */
function groupLines({ groups }: Grouping, titles: readonly string[], comparison: number | undefined): string {
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

function entryHead(entry: ReportEntry): string {
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
  for (const { severity, message, hint } of diff.findings) {
    lines.push(`**${severity}**: ${escapeInline(findingText(message, hint))}`, '')
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

const DIFF_MARKERS: Readonly<Record<ReportLine['kind'], string>> = {
  same: '  ',
  removed: '- ',
  added: '+ ',
  place: '@@ ',
  cut: '# … ',
  mark: '  ',
}

function resourceSection(change: ResourceChange, grouping: Grouping): Section[] {
  const shown = withoutGrouped(change, grouping)
  if (shown === undefined) return []
  const grouped = change.changes.length - shown.changes.length
  const note = grouped > 0 ? `${resourceNote(change)}, ${grouped} above` : resourceNote(change)
  const summary = `${change.kind}: ${escapeHtml(resourceTitle(change))}, ${note}`
  const body = describeResource(shown).flatMap(changeLines)
  const fence = fenceFor(body)
  const head = `<details><summary>${summary}</summary>\n\n${fence}diff\n`
  return [{ head, body, tail: `\n${fence}\n\n</details>\n` }]
}

function changeLines({ path, note, lines }: ShownChange): string[] {
  const heading = [path, note].filter((part) => part !== '').join('  ')
  const body = diffLines(lines)
  return heading === '' ? body : [`# ${heading}`, ...body]
}

function diffLines(lines: readonly ShownLine[]): string[] {
  return markBelow(lines, MAX_LINE_LENGTH).map(({ kind, text }) => clip(DIFF_MARKERS[kind] + text))
}

const MAX_LINE_LENGTH = 500

function clip(line: string): string {
  return line.length <= MAX_LINE_LENGTH ? line : `${line.slice(0, MAX_LINE_LENGTH - 1)}…`
}

function sizeOf({ head, body, tail }: Section, lines: number): number {
  const shown = body.slice(0, lines)
  return head.length + tail.length + shown.reduce((total, line) => total + line.length + 1, 0) + CUT_NOTE
}

const CUT_NOTE = 40

/** Shortens all sections to the largest number of lines with which they fit. If none fits, the last sections are dropped. */
function fit(
  sections: readonly Section[],
  budget: number,
): { readonly shown: string[]; readonly shortened: number; readonly dropped: number } {
  const total = (lines: number): number => sections.reduce((sum, section) => sum + sizeOf(section, lines), 0)
  const longest = Math.max(0, ...sections.map(({ body }) => body.length))
  let fits = 0
  for (let low = 1, high = longest; low <= high;) {
    const middle = Math.floor((low + high) / 2)
    if (total(middle) <= budget) {
      fits = middle
      low = middle + 1
    } else high = middle - 1
  }
  const lines = Math.max(fits, 3)
  let left = budget
  let shortened = 0
  let dropped = 0
  const shown = sections.map((section) => {
    const size = sizeOf(section, lines)
    if (size > left) {
      dropped++
      return ''
    }
    left -= size
    if (section.body.length > lines) shortened++
    return render(section, lines)
  })
  return { shown, shortened, dropped }
}

function render({ head, body, tail }: Section, lines: number): string {
  const left = body.length - lines
  const shown = left > 0 ? [...body.slice(0, lines), `# … ${plural(left, 'more line')}`] : body
  return head + shown.join('\n') + tail
}

/** A fence longer than any run of backticks in the text. */
function fenceFor(lines: readonly string[]): string {
  let longest = 2
  for (const line of lines)
    for (const run of line.match(/`+/gu) ?? []) longest = Math.max(longest, run.length)
  return '`'.repeat(longest + 1)
}

/** Escapes text in an HTML line of Markdown. The zero-width space prevents mentions from notifying people. */
function escapeHtml(text: string): string {
  return printable(text).replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/@/gu, '@\u200B')
}

/** Escapes text for Markdown, HTML and GitHub (mentions, issue numbers). */
function escapeInline(text: string): string {
  return escapeHtml(text).replace(/[\\`*_[\]{}|~#$]/gu, (character) => `\\${character}`)
}
