import { printable } from '@overlay-render/system'

import type { ResourceChange } from '../diff/change.ts'
import type { ChangeGroup, Grouping } from '../diff/group-changes.ts'
import { EFFECT_TITLES, type Effect } from '../effects/effects.ts'
import { compareText, formatId } from '../resources/resource-id.ts'
import {
  describeResource,
  readingOrder,
  resourceTitle,
  type ShownChange,
  type ShownLine,
} from './describe-change.ts'
import { describeGroup } from './describe-group.ts'
import { groupEntries, withoutGrouped } from './grouped.ts'
import { HTML_SCRIPT } from './html-script.ts'
import { HTML_STYLE } from './html-style.ts'
import {
  type ComparedEntry,
  countsOf,
  differs,
  effectsOf,
  type FailedEntry,
  findingText,
  formatCounts,
  isCompared,
  plural,
  type ReportEntry,
} from './report.ts'

/** A value or a whole resource is shown up to here. */
const MOST_LINES = 500
/** With more resources than this, they start folded, as do effects, and an index lists them. */
const MOST_OPEN = 30
/** A group lists this many of its resources. */
const MOST_PLACES = 200

/**
 * One file with no outside reference, for a browser and for Prow's html lens. The lens puts the file into an
 * attribute without escaping `&`, so every character reference in it is decoded once more than usual: all text goes
 * through `escapeText`, which survives that, and no attribute holds text from a manifest.
 */
export function htmlReport(entries: readonly ReportEntry[]): string {
  const changed = entries.filter(isCompared).reduce((total, { diff }) => total + diff.resources.length, 0)
  const title = `overlay-render: ${plural(changed, 'resource')} in ${plural(entries.length, 'comparison')}`
  const page = new HtmlPage(entries, changed <= MOST_OPEN)
  const sections = entries.map((entry, index) => section(entry, index, page))
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${title}</title>`,
    `<style>${HTML_STYLE}</style>`,
    '</head>',
    '<body>',
    '<div class="report" id="report">',
    `<header><h1>${changed === 0 ? 'No differences' : `Differences in ${plural(changed, 'resource')}`}</h1>`,
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

/** What the parts of one page share: where everything is, and what is the same in several places. */
class HtmlPage {
  readonly open: boolean
  readonly grouping: Grouping
  readonly titles: readonly string[]
  /** Kinds of resources, sorted; an attribute holds the number of a kind, never its name. */
  readonly kinds: readonly string[]
  readonly anchors = new Anchors()
  readonly #places: readonly ReadonlyMap<ResourceChange, string>[]
  readonly #groups: ReadonlyMap<ChangeGroup, string>
  readonly #links: ReadonlyMap<ChangeGroup, string>

  constructor(entries: readonly ReportEntry[], open: boolean) {
    this.open = open
    this.grouping = groupEntries(entries)
    this.titles = entries.map((entry) => shortRevisions(entry.title))
    const resources = entries.map((entry) => (isCompared(entry) ? entry.diff.resources : []))
    this.kinds = [...new Set(resources.flat().map(({ id }) => id.kind))].sort(compareText)
    this.#groups = new Map(this.grouping.groups.map((group) => [group, this.anchors.take('group')]))
    this.#links = new Map(
      this.grouping.groups.map((group) => {
        const { heading } = describeGroup(group, this.titles, 0)
        return [group, `<a href="#${this.anchorOfGroup(group)}">${escapeText(heading)}</a>`]
      }),
    )
    this.#places = entries.map(
      ({ title }, index) =>
        new Map(
          readingOrder(resources[index] ?? []).map((change) => [
            change,
            this.anchors.take(`${title}.${anchorName(change)}`),
          ]),
        ),
    )
  }

  anchorOf(change: ResourceChange, entry: number): string {
    return this.#places[entry]?.get(change) ?? ''
  }

  anchorOfGroup(group: ChangeGroup): string {
    return this.#groups.get(group) ?? ''
  }

  linkTo(group: ChangeGroup): string {
    return this.#links.get(group) ?? ''
  }
}

/** The choices are radio buttons that the style sheet asks for, so they work without JavaScript. */
const VIEWS = [
  '<fieldset><legend>View</legend>',
  '<label><input type="radio" name="view" id="unified" checked> unified</label>',
  '<label><input type="radio" name="view" id="split"> side by side</label></fieldset>',
  '<fieldset><legend>Colours</legend>',
  '<label><input type="radio" name="theme" id="auto" checked> system</label>',
  '<label><input type="radio" name="theme" id="light"> light</label>',
  '<label><input type="radio" name="theme" id="dark"> dark</label></fieldset>',
].join('\n')

const CHANGE_KINDS: readonly ResourceChange['kind'][] = ['removed', 'renamed', 'changed', 'added']

function controls({ kinds }: HtmlPage): string {
  const boxes = CHANGE_KINDS.map(
    (kind) => `<label><input type="checkbox" name="change" value="${kind}" checked> ${kind}</label>`,
  )
  const options = kinds.map((kind, index) => `<option value="${index}">${escapeText(kind)}</option>`)
  return [
    '<div class="controls">',
    VIEWS,
    `<fieldset class="scripted" hidden><legend>Show</legend>${boxes.join(' ')}</fieldset>`,
    '<span class="scripted" hidden>',
    `<label>Kind <select id="kind"><option value="">all</option>${options.join('')}</select></label>`,
    '<label>Search <input type="search" id="search" autocomplete="off"></label>',
    '<button type="button" id="expand">expand all</button> <button type="button" id="collapse">collapse all</button>',
    '<output id="found"></output></span>',
    '</div>',
  ].join('\n')
}

const HELP = [
  '<footer class="scripted" hidden>',
  '<kbd>j</kbd> <kbd>k</kbd> next and previous resource, <kbd>Enter</kbd> open or close, <kbd>e</kbd> expand all, ',
  '<kbd>c</kbd> collapse all, <kbd>/</kbd> search, <kbd>v</kbd> view, <kbd>t</kbd> colours',
  '</footer>',
].join('')

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
  if (!isCompared(entry)) return failedSection(entry, page.anchors)
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
      ({ severity, message, hint }) =>
        `<p class="finding"><b>${severity}</b> ${escapeText(findingText(message, hint))}</p>`,
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

/** A change that is the same in several places, with links to them. */
function groupHtml(group: ChangeGroup, page: HtmlPage): string {
  const { heading, lines, places, more } = describeGroup(group, page.titles, MOST_PLACES)
  const items = places.map(({ first, resource, path, titles }) => {
    const names = titles.length > 0 ? ` in ${titles.map(escapeText).join(', ')}` : ''
    const anchor = page.anchorOf(first.resource, first.comparison)
    return `<li><a href="#${anchor}">${escapeText(resource)}</a> <code>${escapeText(path)}</code>${names}</li>`
  })
  if (more > 0) items.push(`<li>${plural(more, 'more resource')}</li>`)
  return [
    `<details class="group" id="${page.anchorOfGroup(group)}" open><summary><h3>${escapeText(heading)}</h3></summary>\n`,
    lines.length === 0 ? '' : `<div class="change">${linesHtml(lines)}</div>\n`,
    `<ul>${items.join('\n')}</ul></details>`,
  ].join('')
}

/** Links to the resources of a large comparison, by kind. */
function resourceIndex(resources: readonly ResourceChange[], entry: number, page: HtmlPage): string {
  if (resources.length <= MOST_OPEN) return ''
  const byKind = new Map<string, ResourceChange[]>()
  for (const change of resources) {
    const known = byKind.get(change.id.kind)
    if (known === undefined) byKind.set(change.id.kind, [change])
    else known.push(change)
  }
  const parts = [...byKind].map(([kind, changes]) => {
    const items = changes.map(
      (change) =>
        `<li><a href="#${page.anchorOf(change, entry)}">${escapeText(resourceTitle(change).slice(kind.length + 1))}</a> <span>${change.kind}</span></li>`,
    )
    return `<h3>${escapeText(kind)} <span>${changes.length}</span></h3><ul>${items.join('\n')}</ul>`
  })
  return `<details class="index"><summary>Index <span class="note">${plural(resources.length, 'resource')}</span></summary>\n<nav>${parts.join('\n')}</nav></details>`
}

/** What was compared, where the title is not itself the two sides. */
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

function anchorName({ id }: ResourceChange): string {
  return [id.kind, id.namespace, id.name].filter((part) => part !== '').join('.')
}

/** What applying does, by kind. */
function effectList(found: readonly Effect[]): string {
  if (found.length === 0) return ''
  const groups = new Map<Effect['kind'], string[]>()
  for (const { kind, id, reason } of found) {
    const items = groups.get(kind) ?? []
    groups.set(kind, items)
    items.push(`<li>${escapeText(formatId(id))} <span>${escapeText(reason)}</span></li>`)
  }
  const parts = [...groups].map(
    ([kind, items]) =>
      `<h3 class="${kind}">${EFFECT_TITLES[kind]} <span>${items.length}</span></h3>\n<ul>${items.join('\n')}</ul>`,
  )
  const open = found.length <= MOST_OPEN ? ' open' : ''
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

function resourceHtml(change: ResourceChange, entry: number, page: HtmlPage): string {
  const { kind, id } = change
  const anchor = page.anchorOf(change, entry)
  const shown = withoutGrouped(change, page.grouping)
  return [
    `<details class="resource ${kind}" id="${anchor}" data-kind="${page.kinds.indexOf(id.kind)}"${page.open ? ' open' : ''}>`,
    `<summary><h3><b>${kind}</b> <span class="name">${escapeText(resourceTitle(change))}</span></h3> `,
    `<span class="note">${plural(change.changes.length, 'change')}</span> `,
    `<a href="#${anchor}" aria-label="link to this resource">#</a></summary>\n`,
    ...groupLinks(change, page),
    ...(shown === undefined ? [] : describeResource(shown, MOST_LINES).map(changeHtml)),
    '</details>',
  ].join('')
}

function groupLinks(change: ResourceChange, page: HtmlPage): string[] {
  const groups = new Set([change, ...change.changes].map((part) => page.grouping.groupOf(part)))
  return [...groups].flatMap((group) => {
    if (group === undefined) return []
    return [`<p class="shared">Shown above: ${page.linkTo(group)}</p>\n`]
  })
}

function changeHtml({ path, note, lines }: ShownChange): string {
  const heading =
    path === '' && note === ''
      ? ''
      : `<h4><code>${escapeText(path)}</code> <span>${escapeText(note)}</span></h4>`
  return `<div class="change">${heading}${linesHtml(lines)}</div>\n`
}

function linesHtml(lines: readonly ShownLine[]): string {
  return `<div class="lines">${blocks(lines).map(blockHtml).join('')}</div>`
}

/** Lines of one kind, or what was removed and what came in its place: side by side, the two stand beside each other. */
type Block =
  | { readonly kind: 'same' | 'place' | 'cut'; readonly lines: readonly ShownLine[] }
  | { readonly kind: 'pair'; readonly removed: ShownLine[]; readonly added: ShownLine[] }

function blocks(lines: readonly ShownLine[]): Block[] {
  const result: Block[] = []
  for (const line of lines) {
    const { kind } = line
    if (kind === 'same' || kind === 'place' || kind === 'cut') {
      result.push({ kind, lines: [line] })
      continue
    }
    let last = result.at(-1)
    if (last?.kind !== 'pair' || (kind === 'removed' && last.added.length > 0)) {
      last = { kind: 'pair', removed: [], added: [] }
      result.push(last)
    }
    last[kind].push(line)
  }
  return result
}

function blockHtml(block: Block): string {
  if (block.kind === 'pair') {
    return `<div class="pair">${sideHtml('del', block.removed)}${sideHtml('ins', block.added)}</div>`
  }
  return block.lines.map((line) => `<div class="${block.kind}">${lineText(line)}</div>`).join('')
}

function sideHtml(tag: 'del' | 'ins', lines: readonly ShownLine[]): string {
  return `<div>${lines.map((line) => `<${tag}>${lineText(line)}</${tag}>`).join('')}</div>`
}

/** An empty line keeps its height. */
function lineText({ text, changed }: ShownLine): string {
  if (text === '') return '<br>'
  if (changed === undefined) return escapeText(text)
  const { start, end } = changed
  return `${escapeText(text.slice(0, start))}<mark>${escapeText(text.slice(start, end))}</mark>${escapeText(text.slice(end))}`
}

/** A git revision is known by its first digits. */
function shortRevisions(text: string): string {
  return text.replace(/\b([0-9a-f]{8})[0-9a-f]{32}\b/gu, '$1')
}

/**
 * Text that reads the same whether character references are decoded once or twice: behind each one stands a tag,
 * so that what a second decoding lays bare begins neither a tag nor another reference.
 */
export function escapeText(text: string): string {
  return printable(text).replace(/[&<]/gu, (character) => (character === '&' ? '&amp;<wbr>' : '&lt;<wbr>'))
}

/** Names of places in the page: letters, digits and a few marks only, each name once. */
class Anchors {
  readonly #taken = new Map<string, number>()

  take(name: string): string {
    const plain = name.replace(/[^A-Za-z0-9._-]+/gu, '-')
    const count = this.#taken.get(plain) ?? 0
    this.#taken.set(plain, count + 1)
    return count === 0 ? plain : `${plain}~${count + 1}`
  }
}
