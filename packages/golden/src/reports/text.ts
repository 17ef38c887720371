import type { ManifestDiff, ResourceChange } from '../diff/change.ts'
import { type Effect, EFFECT_TITLES } from '../effects/effects.ts'
import { formatId } from '../resources/resource-id.ts'
import {
  describeResource,
  readingOrder,
  resourceNote,
  resourceTitle,
  type ShownChange,
  type ShownLine,
} from './describe-change.ts'
import { type Colour, Page } from './page.ts'
import { printable } from '../resources/printable.ts'
import {
  countsOf,
  differs,
  effectsOf,
  findingText,
  formatCounts,
  isCompared,
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

const LINES: Readonly<Record<ShownLine['kind'], { readonly marker: string; readonly colour: Colour }>> = {
  same: { marker: '  ', colour: 'faint' },
  removed: { marker: '- ', colour: 'red' },
  added: { marker: '+ ', colour: 'green' },
  place: { marker: '@ ', colour: 'cyan' },
  cut: { marker: '… ', colour: 'faint' },
}

/** For the terminal: a summary table first, then every change. Ends with a newline. */
export function textReport(entries: readonly ReportEntry[], options: ReportOptions = {}): string {
  const page = new Page(options)
  for (const [index, entry] of entries.entries()) {
    if (index > 0) page.empty()
    writeEntry(page, entry)
  }
  return page.text
}

function writeEntry(page: Page, entry: ReportEntry): void {
  if (!isCompared(entry)) {
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
  const { title, diff, acceptCommand } = entry
  page.line([{ text: printable(title), colour: 'bold' }, { text: `: ${formatCounts(countsOf(diff))}` }], 2)
  const resources = readingOrder(diff.resources)
  writeSummary(page, resources)
  for (const change of resources) writeResource(page, change)
  writeEffects(page, effectsOf(entry))
  writeFindings(page, diff)
  writeIgnored(page, diff)
  if (acceptCommand !== undefined && differs(diff)) {
    page.empty()
    page.line([{ text: `To accept: ${printable(acceptCommand)}` }], 2)
  }
}

/** A table: marker, kind, name, what happened. Kinds and names are shortened until it fits. */
function writeSummary(page: Page, resources: readonly ResourceChange[]): void {
  if (resources.length === 0) return
  page.empty()
  const rows = resources.map((change) => ({ change, name: nameOf(change), note: resourceNote(change) }))
  const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length))
  const noteWidth = widest(rows.map(({ note }) => note))
  const room = page.width - noteWidth - MARGINS
  const kindWidth = Math.min(widest(resources.map(({ id }) => id.kind)), Math.floor(room / 2))
  const nameWidth = Math.min(widest(rows.map(({ name }) => name)), room - kindWidth)
  for (const { change, name, note } of rows) {
    const { marker, colour } = RESOURCES[change.kind]
    const kind = shorten(printable(change.id.kind), kindWidth).padEnd(kindWidth)
    page.line([
      { text: `  ${marker}`, colour },
      { text: ` ${kind}  ${shorten(name, nameWidth).padEnd(nameWidth)}  ${note}` },
    ])
  }
}

/** What a row of the table holds besides its three columns. */
const MARGINS = 8

/** A title without the kind, which has its own column, unless a rename names both in full. */
function nameOf(change: ResourceChange): string {
  const { id, previousId } = change
  const title = resourceTitle(change)
  return previousId === undefined || previousId.apiVersion === id.apiVersion
    ? title.slice(id.kind.length + 1)
    : title
}

function writeResource(page: Page, change: ResourceChange): void {
  const { marker, colour } = RESOURCES[change.kind]
  page.empty()
  page.line([{ text: `${marker} ${resourceTitle(change)}`, colour }], 2)
  for (const shown of describeResource(change)) writeChange(page, shown)
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
  for (const { kind, text } of lines) {
    const { marker, colour } = LINES[kind]
    page.line([{ text: `      ${marker}${text}`, colour }], 8)
  }
}

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

/** The beginning and the end of a text that is too long. */
function shorten(text: string, width: number): string {
  if (text.length <= width) return text
  const head = Math.ceil((width - 1) / 2)
  return `${text.slice(0, head)}…${text.slice(text.length - (width - 1 - head))}`
}
