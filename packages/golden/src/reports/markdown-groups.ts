import type { Grouping } from '../diff/group-changes.ts'
import { describeGroup, type ShownPlace } from './describe-group.ts'
import type { Section } from './fit-sections.ts'
import { clip, diffLines, escapeInline, fenceFor } from './markdown-text.ts'
import { plural } from './report.ts'

/** How many groups a report has, and how many resources a group lists. */
const MAX_GROUPS = 20
const MAX_PLACES = 40

/**
 * The groups of equal changes.
 *
 * @param comparison the index of the comparison that has them; undefined for those of several
 */
export function groupSections(
  { groups }: Grouping,
  titles: readonly string[],
  comparison: number | undefined,
): Section[] {
  const own = groups.filter((group) => group.comparison === comparison)
  const sections = own.slice(0, MAX_GROUPS).map((group): Section => {
    const { heading, lines, places, more } = describeGroup(group, titles, MAX_PLACES)
    const body = diffLines(lines)
    const fence = fenceFor(body)
    const listed = [...places.map(placeLine), ...(more > 0 ? [`- ${plural(more, 'more resource')}`] : [])]
    return {
      noun: 'group',
      head: `**${escapeInline(clip(heading))}**\n\n${body.length === 0 ? '' : `${fence}diff\n`}`,
      body,
      tail: `${body.length === 0 ? '' : `\n${fence}\n\n`}${listed.join('\n')}\n`,
    }
  })
  const left = own.length - MAX_GROUPS
  if (left <= 0) return sections
  const head = `${plural(left, 'more change')} in several places: see the html report.\n`
  return [...sections, { noun: 'group', head, body: [], tail: '' }]
}

function placeLine({ resource, path, titles }: ShownPlace): string {
  const where = titles.length > 0 ? `in ${escapeInline(titles.join(', '))}` : ''
  return clip(`- ${[escapeInline(resource), escapeInline(path), where].filter(Boolean).join(' ')}`)
}
