import { EFFECT_TITLES, type Effect } from '../effects/effects.ts'
import { formatId } from '../resources/resource-id.ts'
import { readingOrder } from './describe-change.ts'
import type { ShownLine } from './shown-line.ts'
import { controls, HELP } from './html-controls.ts'
import { escapePath, escapeText, linesHtml } from './html-lines.ts'
import { type Anchors, HtmlPage, MAX_OPEN, shortRevisions } from './html-page.ts'
import { groupHtml, resourceHtml, resourceIndex } from './html-resources.ts'
import { HTML_SCRIPT } from './html-script.ts'
import { htmlHead } from './html-head.ts'
import { HTML_STYLE } from './html-style.ts'
import {
  type ComparedEntry,
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

/**
 * One self-contained file, for a browser and for Prow's html lens. The lens puts the file into an attribute without
 * escaping `&`, so every character reference is decoded twice: all text goes through `escapeText`, which allows for
 * that, and no attribute contains text from a manifest.
 */
export function htmlReport(entries: readonly ReportEntry[]): string {
  const changed = entries.filter(isCompared).reduce((total, { diff }) => total + diff.resources.length, 0)
  const heading = headingOf(entries, changed)
  const page = new HtmlPage(entries, changed <= MAX_OPEN)
  const sections = entries.map((entry, index) => section(entry, index, page))
  return [
    htmlHead(`overlay-render: ${heading}`, HTML_STYLE),
    `<div class="report${changed === 0 ? ' unchanged' : ''}" id="report">`,
    `<header><h1>${escapeText(heading)}</h1>`,
    controls(page),
    entries.length > 1 ? overview(sections) : '',
    '</header>',
    '<main>',
    sharedGroups(page),
    ...sections.map(({ html }) => html),
    '</main>',
    HELP,
    '</div>',
    `<script>${HTML_SCRIPT}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

/** What a reader must know first: what differs, and what could not be compared. */
function headingOf(entries: readonly ReportEntry[], changed: number): string {
  const failed = entries.filter(isFailed).length
  const others = [
    ...(failed > 0 ? [`${plural(failed, 'comparison')} failed`] : []),
    ...entries.flatMap((entry) =>
      isFailed(entry) || isCompared(entry) ? [] : [`${entry.title}: ${entry.summary}`],
    ),
  ]
  if (changed > 0) return [`Differences in ${plural(changed, 'resource')}`, ...others].join('; ')
  return others.length === 0 ? 'No differences' : ['No resource differs', ...others].join('; ')
}

interface Section {
  readonly anchor: string
  readonly title: string
  readonly counts: string
  readonly html: string
}

function overview(sections: readonly Section[]): string {
  const items = sections.map(
    ({ anchor, title, counts }) =>
      `<li><a href="#${anchor}">${escapeText(title)}</a> <span>${counts}</span></li>`,
  )
  return `<nav><ul>\n${items.join('\n')}\n</ul></nav>`
}

function section(entry: ReportEntry, index: number, page: HtmlPage): Section {
  if (isFailed(entry)) return failedSection(entry, page.anchors)
  if (!isCompared(entry)) return noteSection(entry, page)
  const { diff, acceptCommand } = entry
  const title = page.titles[index] ?? ''
  const anchor = page.anchors.take(entry.title)
  const counts = formatCounts(countsOf(diff))
  const resources = readingOrder(diff.resources)
  const html = [
    `<section id="${anchor}"><h2>${escapeText(title)} <span>${counts}</span></h2>`,
    sides(entry),
    effectList(effectsOf(entry)),
    resourceIndex(resources, index, page),
    ...page.grouping.groups
      .filter(({ comparison }) => comparison === index)
      .map((group) => groupHtml(group, page)),
    ...resources.map((change) => resourceHtml(change, index, page)),
    ...diff.findings.map(
      (finding) =>
        `<p class="finding"><b>${finding.severity}</b> ${escapeText(placedFindingText(finding))}</p>`,
    ),
    ...diff.ignored.map(
      ({ rule, count }) =>
        `<p class="ignored">${plural(count, 'difference')} ignored by the rule: <code>${escapeText(rule)}</code></p>`,
    ),
    acceptCommand === undefined || !differs(diff)
      ? ''
      : `<p class="accept">To accept: <code>${escapeText(acceptCommand)}</code></p>`,
    '</section>',
  ]
  return { anchor, title, counts, html: html.filter((part) => part !== '').join('\n') }
}

function sharedGroups(page: HtmlPage): string {
  const shared = page.grouping.groups.filter(({ comparison }) => comparison === undefined)
  if (shared.length === 0) return ''
  const groups = shared.map((group) => groupHtml(group, page)).join('\n')
  return `<section id="shared"><h2>In several comparisons</h2>\n${groups}\n</section>`
}

/** The names of the two sides, unless the title has them. */
function sides({ title, diff: { before, after } }: ComparedEntry): string {
  if (title.includes(' → ')) return ''
  return `<p class="sides"><del>${escapeText(shortRevisions(before))}</del> <ins>${escapeText(shortRevisions(after))}</ins></p>`
}

function failedSection({ title, problem }: FailedEntry, anchors: Anchors): Section {
  const anchor = anchors.take(title)
  const counts = 'not compared'
  const lines = problem.split('\n').map((line) => `<p class="problem">${escapeText(line)}</p>`)
  const head = `<section id="${anchor}"><h2>${escapeText(title)} <span>${counts}</span></h2>`
  return { anchor, title, counts, html: [head, ...lines, '</section>'].join('\n') }
}

function noteSection(entry: NoteEntry, { anchors }: HtmlPage): Section {
  const { title } = entry
  const anchor = anchors.take(title)
  const counts = escapeText(entry.summary)
  const head = `<section id="${anchor}"><h2>${escapeText(title)} <span>${counts}</span></h2>`
  return {
    anchor,
    title,
    counts,
    html: [head, linesHtml(noteLines(entry).map(shownLine)), '</section>'].join('\n'),
  }
}

function shownLine(line: string): ShownLine {
  const [, indent = '', sign, rest = ''] = /^( *)([+-]) (.*)$/u.exec(line) ?? []
  if (sign === undefined) return { kind: 'same', text: line }
  return { kind: sign === '+' ? 'added' : 'removed', text: indent + rest }
}

/** The effects of applying, by kind. */
function effectList(found: readonly Effect[]): string {
  if (found.length === 0) return ''
  const groups = new Map<Effect['kind'], string[]>()
  for (const { kind, id, reason } of found) {
    const items = groups.get(kind) ?? []
    groups.set(kind, items)
    items.push(`<li>${escapeText(formatId(id))} <span>${escapePath(reason)}</span></li>`)
  }
  const parts = [...groups].map(
    ([kind, items]) =>
      `<h3 class="${kind}">${EFFECT_TITLES[kind]} <span>${items.length}</span></h3>\n<ul>${items.join('\n')}</ul>`,
  )
  const open = found.length <= MAX_OPEN ? ' open' : ''
  const summary = `Applying it <span class="note">${effectCounts(found)}</span>`
  return `<details class="effects"${open}><summary>${summary}</summary>\n${parts.join('\n')}</details>`
}

/** `must come first: 1, pods roll: 20`. */
function effectCounts(found: readonly Effect[]): string {
  const counts = new Map<Effect['kind'], number>()
  for (const { kind } of found) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => `${lowerFirst(EFFECT_TITLES[kind])}: ${count}`).join(', ')
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}
