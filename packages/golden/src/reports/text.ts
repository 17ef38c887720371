import { displayWidth, padToWidth, printable, shortenToWidth } from '@overlay-render/system'

import type { ManifestDiff, ResourceChange } from '../diff/change.ts'
import type { Grouping } from '../diff/group-changes.ts'
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
import { describeGroup } from './describe-group.ts'
import { groupEntries, withoutGrouped } from './grouped.ts'
import { markBelow, type ReportLine } from './mark-below.ts'
import { type Colour, Page } from './page.ts'
import {
  countsOf,
  differs,
  effectsOf,
  findingText,
  formatCounts,
  isCompared,
  isFailed,
  noteLines,
  plural,
  type ReportEntry,
  type ReportOptions,
} from './report.ts'

const RESOURCES: Readonly<
  Record<ResourceChange['kind'], { readonly marker: string; readonly colour: Colour }>
> = {
  added: { marker: '+', colour: 'green' },
  removed: { marker: '-', colour: 'red' },
  changed: { marker: '~', colour: 'yellow' },
  renamed: { marker: '>', colour: 'cyan' },
}

const LINES: Readonly<Record<ReportLine['kind'], { readonly marker: string; readonly colour: Colour }>> = {
  same: { marker: '  ', colour: 'faint' },
  removed: { marker: '- ', colour: 'red' },
  added: { marker: '+ ', colour: 'green' },
  place: { marker: '@ ', colour: 'cyan' },
  cut: { marker: '… ', colour: 'faint' },
  mark: { marker: '  ', colour: 'faint' },
}

/** The report for the terminal: a summary table, then every change. Ends with a newline. */
export function textReport(entries: readonly ReportEntry[], options: ReportOptions = {}): string {
  const page = new Page(options)
  const grouping = groupEntries(entries)
  const titles = entries.map(({ title }) => title)
  writeGroups(page, grouping, titles, undefined)
  for (const [index, entry] of entries.entries()) {
    if (!page.isEmpty) page.empty()
    writeEntry(page, entry, () => writeGroups(page, grouping, titles, index), grouping)
  }
  return page.text
}

/** How many resources of a group are listed. */
const MAX_PLACES = 50

/** Writes the groups of one comparison, or those across comparisons when undefined. */
function writeGroups(
  page: Page,
  { groups }: Grouping,
  titles: readonly string[],
  comparison: number | undefined,
): void {
  for (const group of groups) {
    if (group.comparison !== comparison) continue
    const { heading, lines, places, more } = describeGroup(group, titles, MAX_PLACES)
    if (!page.isEmpty) page.empty()
    page.line([{ text: `= ${heading}`, colour: 'yellow' }], 2)
    writeLines(page, lines)
    for (const place of places) {
      const names = place.titles.length > 0 ? `  in ${place.titles.join(', ')}` : ''
      const path = place.path === '' ? '' : `  ${place.path}`
      page.line([{ text: `    ${place.resource}` }, { text: path + names, colour: 'faint' }], 6)
    }
    if (more > 0) page.line([{ text: `    … ${plural(more, 'more resource')}`, colour: 'faint' }], 6)
  }
}

function writeEntry(page: Page, entry: ReportEntry, writeOwnGroups: () => void, grouping: Grouping): void {
  if (isFailed(entry)) {
    page.line(
      [
        { text: printable(entry.title), colour: 'bold' },
        { text: ': not compared', colour: 'red' },
      ],
      2,
    )
    for (const line of entry.problem.split('\n')) page.line([{ text: `  ${printable(line)}` }], 2)
    return
  }
  if (!isCompared(entry)) {
    page.line(
      [{ text: printable(entry.title), colour: 'bold' }, { text: `: ${printable(entry.summary)}` }],
      2,
    )
    for (const line of noteLines(entry)) page.line([{ text: `  ${line}` }], 2)
    return
  }
  const { title, diff, acceptCommand } = entry
  page.line([{ text: printable(title), colour: 'bold' }, { text: `: ${formatCounts(countsOf(diff))}` }], 2)
  const resources = readingOrder(diff.resources)
  writeSummary(page, resources)
  writeOwnGroups()
  for (const change of resources) writeResource(page, change, grouping)
  writeEffects(page, effectsOf(entry))
  writeFindings(page, diff)
  writeIgnored(page, diff)
  if (acceptCommand !== undefined && differs(diff)) {
    page.empty()
    page.line([{ text: `To accept: ${printable(acceptCommand)}` }], 2)
  }
}

/** Writes a table of marker, kind, name and remark. Kinds and names are shortened to fit. */
function writeSummary(page: Page, resources: readonly ResourceChange[]): void {
  if (resources.length === 0) return
  page.empty()
  const rows = resources.map((change) => ({ change, name: nameOf(change), note: resourceNote(change) }))
  const widest = (texts: readonly string[]): number => Math.max(...texts.map(displayWidth))
  const noteWidth = widest(rows.map(({ note }) => note))
  const available = page.width - noteWidth - MARGINS
  const kindWidth = Math.min(widest(resources.map(({ id }) => id.kind)), Math.floor(available / 2))
  const nameWidth = Math.min(widest(rows.map(({ name }) => name)), available - kindWidth)
  for (const { change, name, note } of rows) {
    const { marker, colour } = RESOURCES[change.kind]
    const kind = padToWidth(shortenToWidth(printable(change.id.kind), kindWidth), kindWidth)
    page.line([
      { text: `  ${marker}`, colour },
      { text: ` ${kind}  ${padToWidth(shortenToWidth(name, nameWidth), nameWidth)}  ${note}` },
    ])
  }
}

/** The width of a row besides its three columns. */
const MARGINS = 8

/** A title without the kind, which has its own column, unless a rename shows both identities in full. */
function nameOf(change: ResourceChange): string {
  const { id, previousId } = change
  const title = resourceTitle(change)
  return previousId === undefined || previousId.apiVersion === id.apiVersion
    ? title.slice(id.kind.length + 1)
    : title
}

/** Writes the ungrouped changes of a resource. */
function writeResource(page: Page, change: ResourceChange, grouping: Grouping): void {
  const shown = withoutGrouped(change, grouping)
  if (shown === undefined) return
  const { marker, colour } = RESOURCES[change.kind]
  const grouped = change.changes.length - shown.changes.length
  page.empty()
  page.line(
    [
      { text: `${marker} ${resourceTitle(change)}`, colour },
      { text: grouped > 0 ? `  ${plural(grouped, 'more change')} above` : '', colour: 'faint' },
    ],
    2,
  )
  for (const part of describeResource(shown)) writeChange(page, part)
}

function writeChange(page: Page, { path, note, lines }: ShownChange): void {
  if (path !== '' || note !== '') {
    const gap = path === '' || note === '' ? '' : '  '
    page.line(
      [
        { text: `    ${path}`, colour: 'bold' },
        { text: gap + note, colour: 'faint' },
      ],
      6,
    )
  }
  writeLines(page, lines)
}

function writeLines(page: Page, lines: readonly ShownLine[]): void {
  const all: readonly ReportLine[] = page.hasColour ? lines : markBelow(lines, page.width - LINE_INDENT)
  for (const line of all) {
    const { marker, colour } = LINES[line.kind]
    const { start, end } = ('changed' in line ? line.changed : undefined) ?? { start: 0, end: 0 }
    const mark = line.kind === 'removed' ? 'redMark' : 'greenMark'
    page.line(
      [
        { text: `      ${marker}${line.text.slice(0, start)}`, colour },
        { text: line.text.slice(start, end), colour: mark },
        { text: line.text.slice(end), colour },
      ],
      LINE_INDENT,
    )
  }
}

/** The columns before the text of a line. */
const LINE_INDENT = 8

function writeEffects(page: Page, found: readonly Effect[]): void {
  let title = ''
  for (const { kind, id, reason } of found) {
    if (EFFECT_TITLES[kind] !== title) {
      title = EFFECT_TITLES[kind]
      page.empty()
      page.line([{ text: `${title}:`, colour: kind === 'refused' ? 'red' : 'bold' }])
    }
    page.line([{ text: `  ${printable(`${formatId(id)} (${reason})`)}` }], 4)
  }
}

function writeFindings(page: Page, { findings }: ManifestDiff): void {
  if (findings.length > 0) page.empty()
  for (const { severity, message, hint } of findings) {
    page.line([{ text: severity, colour: 'yellow' }, { text: `: ${findingText(message, hint)}` }], 2)
  }
}

function writeIgnored(page: Page, { ignored }: ManifestDiff): void {
  if (ignored.length === 0) return
  page.empty()
  for (const { rule, count } of ignored) {
    page.line([{ text: `${plural(count, 'difference')} ignored by the rule: ${printable(rule)}` }], 2)
  }
}
