import type { ManifestDiff, ResourceChange } from '../diff/change.ts'
import { EFFECT_TITLES, effects } from '../effects/effects.ts'
import { formatId } from '../resources/resource-id.ts'
import {
  describeResource,
  readingOrder,
  resourceNote,
  resourceTitle,
  type ShownLine,
} from './describe-change.ts'
import { printable } from './printable.ts'
import { countsOf, formatCounts, plural, type ReportEntry, type ReportOptions } from './report.ts'

/** The marker of a resource, by what happened to it. */
const MARKERS: Readonly<Record<ResourceChange['kind'], string>> = {
  added: '+',
  removed: '-',
  changed: '~',
  renamed: '>',
}

const COLOURS = { red: 31, green: 32, yellow: 33, cyan: 36, bold: 1, faint: 2 } as const
type Colour = keyof typeof COLOURS

const RESOURCE_COLOURS: Readonly<Record<ResourceChange['kind'], Colour>> = {
  added: 'green',
  removed: 'red',
  changed: 'yellow',
  renamed: 'cyan',
}

const LINES: Readonly<
  Record<ShownLine['kind'], { readonly marker: string; readonly colour: Colour | undefined }>
> = {
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
    if (index > 0) page.line('')
    writeEntry(page, entry)
  }
  return page.text
}

function writeEntry(page: Page, { title, diff, acceptCommand }: ReportEntry): void {
  const name = printable(title)
  page.line(`${page.paint('bold', name)}: ${formatCounts(countsOf(diff))}`)
  const resources = readingOrder(diff.resources)
  if (resources.length > 0) page.line('')
  writeSummary(page, resources)
  for (const change of resources) writeResource(page, change)
  writeEffects(page, diff)
  writeIgnored(page, diff)
  if (acceptCommand !== undefined && resources.length > 0) {
    page.line('')
    page.line(`To accept: ${acceptCommand}`)
  }
}

function writeSummary(page: Page, resources: readonly ResourceChange[]): void {
  const kindWidth = Math.min(30, Math.max(0, ...resources.map(({ id }) => id.kind.length)))
  const names = resources.map((change) => resourceTitle(change).slice(nameStart(change)))
  const noteWidth = Math.max(0, ...resources.map((change) => resourceNote(change).length))
  const room = page.width - kindWidth - noteWidth - 8
  const nameWidth = Math.min(Math.max(12, room), Math.max(0, ...names.map((name) => name.length)))
  for (const [index, change] of resources.entries()) {
    const name = shorten(names[index] ?? '', nameWidth).padEnd(nameWidth)
    const kind = shorten(printable(change.id.kind), kindWidth).padEnd(kindWidth)
    const marker = page.paint(RESOURCE_COLOURS[change.kind], MARKERS[change.kind])
    page.line(`  ${marker} ${kind}  ${name}  ${resourceNote(change)}`)
  }
}

/** Where the name begins in a title: behind the kind, unless a rename names both in full. */
function nameStart({ id, previousId }: ResourceChange): number {
  return previousId === undefined || previousId.apiVersion === id.apiVersion ? id.kind.length + 1 : 0
}

function writeResource(page: Page, change: ResourceChange): void {
  page.line('')
  const title = `${MARKERS[change.kind]} ${resourceTitle(change)}`
  page.line(page.paint(RESOURCE_COLOURS[change.kind], title))
  for (const { path, note, lines } of describeResource(change)) {
    const heading = [page.paint('bold', path), page.paint('faint', note)]
      .filter((part) => part !== '')
      .join('  ')
    if (heading !== '') page.wrapped('    ', heading, path.length + note.length + 2)
    for (const { kind, text } of lines) {
      const { marker, colour } = LINES[kind]
      for (const [index, part] of page.split(text, 8).entries()) {
        const line = `${index === 0 ? marker : '  '}${part}`
        page.line(`      ${colour === undefined ? line : page.paint(colour, line)}`)
      }
    }
  }
}

function writeEffects(page: Page, diff: ManifestDiff): void {
  let title = ''
  for (const { kind, id, reason } of effects(diff)) {
    if (EFFECT_TITLES[kind] !== title) {
      title = EFFECT_TITLES[kind]
      page.line('')
      page.line(page.paint(kind === 'refused' ? 'red' : 'bold', `${title}:`))
    }
    page.line(`  ${printable(`${formatId(id)} (${reason})`)}`)
  }
}

function writeIgnored(page: Page, { ignored }: ManifestDiff): void {
  if (ignored.length === 0) return
  page.line('')
  for (const { rule, count } of ignored) {
    page.line(`${plural(count, 'difference')} ignored by the rule: ${printable(rule)}`)
  }
}

function shorten(text: string, width: number): string {
  if (text.length <= width) return text
  const head = Math.ceil((width - 1) / 2)
  return `${text.slice(0, head)}…${text.slice(text.length - (width - 1 - head))}`
}

/** Lines of text, coloured and wrapped as the options say. */
class Page {
  readonly width: number
  readonly #colour: boolean
  readonly #lines: string[] = []

  constructor({ width = Number.POSITIVE_INFINITY, colour = false }: ReportOptions) {
    this.width = Math.max(40, width)
    this.#colour = colour
  }

  get text(): string {
    return this.#lines.map((line) => `${line.trimEnd()}\n`).join('')
  }

  line(text: string): void {
    this.#lines.push(text)
  }

  /** A heading that may be cut only where it holds no colour. */
  wrapped(indent: string, text: string, length: number): void {
    if (indent.length + length <= this.width || this.#colour) this.line(indent + text)
    else for (const part of this.split(text, indent.length)) this.line(indent + part)
  }

  paint(colour: Colour, text: string): string {
    return this.#colour && text !== '' ? `\u001B[${COLOURS[colour]}m${text}\u001B[0m` : text
  }

  /** A text in parts that fit behind an indent. */
  split(text: string, indent: number): string[] {
    const room = Math.max(20, this.width - indent)
    if (text.length <= room) return [text]
    const characters = Array.from(text)
    const parts: string[] = []
    for (let at = 0; at < characters.length; at += room) parts.push(characters.slice(at, at + room).join(''))
    return parts
  }
}
