import type { ResourceChange } from '../diff/change.ts'
import type { Grouping } from '../diff/group-changes.ts'
import {
  describeResource,
  readingOrder,
  resourceNote,
  resourceTitle,
  type ShownChange,
} from './describe-change.ts'
import { fitSections, type Section } from './fit-sections.ts'
import { groupEntries, withoutGrouped } from './grouped.ts'
import { entryHead, groupLines } from './markdown-heads.ts'
import { diffLines, escapeHtml, fenceFor } from './markdown-text.ts'
import { isCompared, plural, type ReportEntry } from './report.ts'

/** The longest comment that GitHub accepts, in characters. */
const GITHUB_LIMIT = 65_536
/** Reserved for the note about omitted parts. */
const RESERVE = 1_000

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
  const { shown, shortened, dropped } = fitSections(sections.flat(), Math.max(0, budget))
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
