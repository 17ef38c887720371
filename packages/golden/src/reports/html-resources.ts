import { groupBy } from '@overlay-render/system'

import { formatYqPath, type ResourceChange } from '../diff/change.ts'
import type { ChangeGroup } from '../diff/group-changes.ts'
import { describeResource, resourceTitle, type ShownChange } from './describe-change.ts'
import { describeGroup } from './describe-group.ts'
import { withoutGrouped } from './grouped.ts'
import { escapePath, escapeText, linesHtml } from './html-lines.ts'
import { type HtmlPage, MAX_OPEN } from './html-page.ts'
import { plural } from './report.ts'

/** How many lines of a value or a resource are shown. */
const MAX_LINES = 500
/** How many resources of a group are listed. */
const MAX_PLACES = 200
/** A group of more resources than this is collapsed: its heading describes the change. */
const MAX_LISTED = 50

/** A group of equal changes, with links to its places. */
export function groupHtml(group: ChangeGroup, page: HtmlPage): string {
  const { heading, lines, places, more } = describeGroup(group, page.titles, MAX_PLACES)
  const items = places.map(({ first, resource, path, titles }) => {
    const names = titles.length > 0 ? ` in ${titles.map(escapeText).join(', ')}` : ''
    const anchor = page.anchorOf(first.resource, first.comparison)
    const [change] = first.changes
    const place = change === undefined || change.kind === 'removed' ? undefined : formatYqPath(change.path)
    const explain = explainHtml(page.explainCommand(first.resource, first.comparison, place))
    return `<li><a href="#${anchor}">${escapeText(resource)}</a> <code>${escapePath(path)}</code>${names}${explain}</li>`
  })
  if (more > 0) items.push(`<li>${plural(more, 'more resource')}</li>`)
  return [
    `<details class="group" id="${page.anchorOfGroup(group)}"${places.length + more <= MAX_LISTED ? ' open' : ''}><summary><h3>${escapeText(heading)}</h3></summary>\n`,
    lines.length === 0 ? '' : `<div class="change">${linesHtml(lines)}</div>\n`,
    `<ul>${items.join('\n')}</ul></details>`,
  ].join('')
}

/** Links to the resources of a large comparison, by kind. */
export function resourceIndex(resources: readonly ResourceChange[], entry: number, page: HtmlPage): string {
  if (resources.length <= MAX_OPEN) return ''
  const parts = [...groupBy(resources, ({ id }) => id.kind)].map(([kind, changes]) => {
    const items = changes.map(
      (change) =>
        `<li><a href="#${page.anchorOf(change, entry)}">${escapeText(resourceTitle(change).slice(kind.length + 1))}</a> <span>${change.kind}</span></li>`,
    )
    return `<h3>${escapeText(kind)} <span>${changes.length}</span></h3><ul>${items.join('\n')}</ul>`
  })
  return `<details class="index"><summary>Index <span class="note">${plural(resources.length, 'resource')}</span></summary>\n<nav>${parts.join('\n')}</nav></details>`
}

/** A resource with its ungrouped changes, and links to the groups with the others. */
export function resourceHtml(change: ResourceChange, entry: number, page: HtmlPage): string {
  const { kind, id } = change
  const anchor = page.anchorOf(change, entry)
  const shown = withoutGrouped(change, page.grouping)
  return [
    `<details class="resource ${kind}" id="${anchor}" data-kind="${page.kinds.indexOf(id.kind)}"${page.open ? ' open' : ''}>`,
    `<summary><h3><b>${kind}</b> <span class="name">${escapeText(resourceTitle(change))}</span></h3> `,
    change.changes.length === 0
      ? ''
      : `<span class="note">${plural(change.changes.length, 'change')}</span> `,
    `<a href="#${anchor}" aria-label="link to this resource">#</a></summary>\n`,
    ...groupLinks(change, page),
    ...(shown === undefined
      ? []
      : describeResource(shown, MAX_LINES).map((part) =>
          changeHtml(part, page.explainCommand(change, entry, kind === 'added' ? '' : part.place)),
        )),
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

function changeHtml({ path, note, lines }: ShownChange, explain: string | undefined): string {
  const heading =
    path === '' && note === ''
      ? ''
      : `<h4><code>${escapePath(path)}</code> <span>${escapeText(note)}</span></h4>`
  return `<div class="change">${heading}${linesHtml(lines)}${explainHtml(explain)}</div>\n`
}

/** A static page cannot run `explain`, so it shows the command. */
function explainHtml(command: string | undefined): string {
  if (command === undefined) return ''
  return `<details class="explain"><summary>where it comes from</summary><code>${escapeText(command)}</code></details>`
}
