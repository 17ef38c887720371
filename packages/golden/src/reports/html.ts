import type { ResourceChange } from '../diff/change.ts'
import { EFFECT_TITLES, type Effect } from '../effects/effects.ts'
import { formatId } from '../resources/resource-id.ts'
import {
  describeResource,
  readingOrder,
  resourceNote,
  resourceTitle,
  type ShownChange,
  type ShownLine,
} from './describe-change.ts'
import { HTML_SCRIPT } from './html-script.ts'
import { HTML_STYLE } from './html-style.ts'
import { printable } from '../resources/printable.ts'
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
/** With more resources than this, they start folded; so do effects. */
const MOST_OPEN = 30

/**
 * One file with no outside reference, for a browser and for Prow's html lens. The lens puts the file into an
 * attribute without escaping `&`, so every character reference in it is decoded once more than usual: all text goes
 * through `escapeText`, which survives that, and no attribute holds text from a manifest.
 */
export function htmlReport(entries: readonly ReportEntry[]): string {
  const changed = entries.filter(isCompared).reduce((total, { diff }) => total + diff.resources.length, 0)
  const title = `overlay-render: ${plural(changed, 'resource')} in ${plural(entries.length, 'comparison')}`
  const anchors = new Anchors()
  const sections = entries.map((entry) => section(entry, anchors, changed <= MOST_OPEN))
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
    CONTROLS,
    entries.length > 1 ? overview(sections) : '',
    '</header>',
    '<main>',
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

/** The choices are radio buttons that the style sheet asks for, so they work without JavaScript. */
const CONTROLS = [
  '<div class="controls">',
  '<fieldset><legend>View</legend>',
  '<label><input type="radio" name="view" id="unified" checked> unified</label>',
  '<label><input type="radio" name="view" id="split"> side by side</label></fieldset>',
  '<fieldset><legend>Colours</legend>',
  '<label><input type="radio" name="theme" id="auto" checked> system</label>',
  '<label><input type="radio" name="theme" id="light"> light</label>',
  '<label><input type="radio" name="theme" id="dark"> dark</label></fieldset>',
  '<span class="scripted" hidden><label>Search <input type="search" id="search" autocomplete="off"></label>',
  '<button type="button" id="expand">expand all</button> <button type="button" id="collapse">collapse all</button>',
  '<output id="found"></output></span>',
  '</div>',
].join('\n')

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

function section(entry: ReportEntry, anchors: Anchors, open: boolean): Section {
  if (!isCompared(entry)) return failedSection(entry, anchors)
  const { title, diff, acceptCommand } = entry
  const anchor = anchors.take(title)
  const counts = formatCounts(countsOf(diff))
  const resources = readingOrder(diff.resources)
  const html = [
    `<section id="${anchor}"><h2>${escapeText(title)} <span>${counts}</span></h2>`,
    sides(entry),
    effectList(effectsOf(entry)),
    ...resources.map((change) => resourceHtml(change, anchors.take(`${title}.${anchorName(change)}`), open)),
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

/** What was compared, where the title is not itself the two sides. */
function sides({ title, diff: { before, after } }: ComparedEntry): string {
  if (title.includes(' → ')) return ''
  return `<p class="sides"><del>${escapeText(before)}</del> <ins>${escapeText(after)}</ins></p>`
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

function effectList(found: readonly Effect[]): string {
  if (found.length === 0) return ''
  const items = found.map(
    ({ kind, id, reason }) =>
      `<li class="${kind}"><b>${EFFECT_TITLES[kind]}</b> ${escapeText(formatId(id))} <span>${escapeText(reason)}</span></li>`,
  )
  const open = found.length <= MOST_OPEN ? ' open' : ''
  const summary = `Applying it <span class="note">${effectCounts(found)}</span>`
  return `<details class="effects"${open}><summary>${summary}</summary>\n<ul>\n${items.join('\n')}\n</ul></details>`
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

const MARKERS: Readonly<Record<ResourceChange['kind'], string>> = {
  added: '+',
  removed: '−',
  changed: '~',
  renamed: '→',
}

function resourceHtml(change: ResourceChange, anchor: string, open: boolean): string {
  const { kind } = change
  return [
    `<details class="resource ${kind}" id="${anchor}"${open ? ' open' : ''}>`,
    `<summary><b title="${kind}">${MARKERS[kind]}</b> <span class="name">${escapeText(resourceTitle(change))}</span> `,
    `<span class="note">${resourceNote(change)}</span> <a href="#${anchor}" title="link to this resource">#</a></summary>\n`,
    ...describeResource(change, MOST_LINES).map(changeHtml),
    '</details>',
  ].join('')
}

function changeHtml({ path, note, lines }: ShownChange): string {
  const heading =
    path === '' && note === ''
      ? ''
      : `<h3><code>${escapeText(path)}</code> <span>${escapeText(note)}</span></h3>`
  return `<div class="change">${heading}<div class="lines">${blocks(lines).map(blockHtml).join('')}</div></div>\n`
}

/** Lines of one kind, or what was removed and what came in its place: side by side, the two stand beside each other. */
type Block =
  | { readonly kind: 'same' | 'place' | 'cut'; readonly lines: readonly string[] }
  | { readonly kind: 'pair'; readonly removed: string[]; readonly added: string[] }

function blocks(lines: readonly ShownLine[]): Block[] {
  const result: Block[] = []
  for (const { kind, text } of lines) {
    if (kind === 'same' || kind === 'place' || kind === 'cut') {
      result.push({ kind, lines: [text] })
      continue
    }
    let last = result.at(-1)
    if (last?.kind !== 'pair' || (kind === 'removed' && last.added.length > 0)) {
      last = { kind: 'pair', removed: [], added: [] }
      result.push(last)
    }
    last[kind].push(text)
  }
  return result
}

function blockHtml(block: Block): string {
  if (block.kind === 'pair') {
    return `<div class="pair">${sideHtml('del', block.removed)}${sideHtml('ins', block.added)}</div>`
  }
  return block.lines.map((line) => `<div class="${block.kind}">${lineText(line)}</div>`).join('')
}

function sideHtml(tag: 'del' | 'ins', lines: readonly string[]): string {
  return `<div>${lines.map((line) => `<${tag}>${lineText(line)}</${tag}>`).join('')}</div>`
}

/** An empty line keeps its height. */
function lineText(text: string): string {
  return text === '' ? '<br>' : escapeText(text)
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
