import { groupBy } from '@overlay-render/system'

import type { ResourceChange } from '../diff/change.ts'
import type { Grouping } from '../diff/group-changes.ts'
import {
  describeResource,
  readingOrder,
  resourceNote,
  resourceTitle,
  type ShownChange,
} from './describe-change.ts'
import { fitSections, type FittedSections, type Section } from './fit-sections.ts'
import { groupEntries, withoutGrouped } from './grouped.ts'
import { groupSections } from './markdown-groups.ts'
import { entryHead } from './markdown-heads.ts'
import { diffLines, escapeHtml, fenceFor } from './markdown-text.ts'
import { isCompared, plural, type ReportEntry } from './report.ts'

/** The longest comment that GitHub accepts, in characters. */
const GITHUB_LIMIT = 65_536
/** Reserved for the notes about omitted parts. */
const RESERVE = 1_000

/**
 * The report for pull requests: groups of equal changes, a table of each comparison, then each resource in a collapsed block. Long
 * parts are shortened until all fit.
 */
export function markdownReport(entries: readonly ReportEntry[]): string {
  // The summary of a job would be empty.
  if (entries.length === 0) return 'No differences.\n'
  const grouping = groupEntries(entries)
  const titles = entries.map(({ title }) => title)
  const heads = fitHeads(entries, GITHUB_LIMIT - RESERVE)
  const shared = groupSections(grouping, titles, undefined)
  const sections = heads.map((_, index) => [
    ...groupSections(grouping, titles, index),
    ...resourceSections(entries[index], grouping),
  ])
  const budget = GITHUB_LIMIT - RESERVE - sizeOf(heads)
  const fitted = fitSections([...shared, ...sections.flat()], Math.max(0, budget))
  const shown = fitted.shown.values()
  const take = (some: readonly Section[]): string[] => some.flatMap(() => shown.next().value || [])
  const parts = [take(shared), ...heads.map((head, index) => [head, ...take(sections[index] ?? [])])].flat()
  return [...parts, ...leftOutNotes(fitted, entries.length - heads.length)].join('\n')
}

/** How many rows of a table, findings, effects and lines of a note the head of a comparison may have. */
const HEAD_SIZES = [100, 20, 5, 0]

/** The heads of the comparisons, as long as all of them fit; the first ones, if not even the shortest fit. */
function fitHeads(entries: readonly ReportEntry[], budget: number): string[] {
  let heads: string[] = []
  for (const most of HEAD_SIZES) {
    heads = headsWithin(entries, most, budget)
    if (heads.length === entries.length) break
  }
  return heads
}

/** The first heads, as many as fit. The others are not made: there can be thousands. */
function headsWithin(entries: readonly ReportEntry[], most: number, budget: number): string[] {
  const heads: string[] = []
  let left = budget
  for (const entry of entries) {
    const head = entryHead(entry, most)
    left -= sizeOf([head])
    if (left < 0) break
    heads.push(head)
  }
  return heads
}

/** With the line ends that join them. */
function sizeOf(texts: readonly string[]): number {
  return texts.reduce((total, text) => total + text.length + 1, 0)
}

function leftOutNotes({ shortened, dropped }: FittedSections, comparisons: number): string[] {
  const parts = [
    ...(shortened.length > 0 ? [`${counted(shortened)} shortened`] : []),
    ...(dropped.length > 0 ? [`the details of ${counted(dropped)} left out`] : []),
    ...(comparisons > 0 ? [`${plural(comparisons, 'comparison')} left out`] : []),
  ]
  if (parts.length === 0) return []
  return [
    `> To fit into ${GITHUB_LIMIT} characters, ${parts.join(' and ')}: the html report has everything.\n`,
  ]
}

/** `2 resources, 1 group`. */
function counted(sections: readonly Section[]): string {
  const byNoun = groupBy(sections, ({ noun }) => noun)
  return [...byNoun].map(([noun, { length }]) => plural(length, noun)).join(', ')
}

function resourceSections(entry: ReportEntry | undefined, grouping: Grouping): Section[] {
  if (entry === undefined || !isCompared(entry)) return []
  return readingOrder(entry.diff.resources).flatMap((change) => resourceSection(change, grouping))
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
  return [{ noun: 'resource', head, body, tail: `\n${fence}\n\n</details>\n` }]
}

function changeLines({ path, note, lines }: ShownChange): string[] {
  const heading = [path, note].filter((part) => part !== '').join('  ')
  const body = diffLines(lines)
  return heading === '' ? body : [`# ${heading}`, ...body]
}
