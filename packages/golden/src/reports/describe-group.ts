import { printable } from '@overlay-render/system'

import { formatPath } from '../diff/change.ts'
import { type ChangeGroup, type GroupPlace, nameOf } from '../diff/group-changes.ts'
import { formatId, idKey } from '../resources/resource-id.ts'
import {
  describeChanges,
  describeResource,
  resourceNote,
  resourceTitle,
  type ShownLine,
} from './describe-change.ts'
import { plural } from './report.ts'

/** A group of equal changes as every report for people shows it. */
export interface ShownGroup {
  /** `37 resources: image a → b`. */
  readonly heading: string
  /** What changed, where the heading has no room for it. */
  readonly lines: readonly ShownLine[]
  /** One for each resource. */
  readonly places: readonly ShownPlace[]
  /** How many resources are not among the places. */
  readonly more: number
}

export interface ShownPlace {
  readonly first: GroupPlace
  readonly resource: string
  readonly path: string
  /** The comparisons, where there are several. */
  readonly titles: readonly string[]
}

/** What is longer than this together does not fit into a heading. */
const LONGEST_CHANGE = 120

/** Describes a group; at most `most` of its places are made. */
export function describeGroup(group: ChangeGroup, titles: readonly string[], most: number): ShownGroup {
  const { words, places } = group
  const byResource = placesByResource(places)
  const label = labelOf(group)
  const where = count(group, byResource)
  const shown = words === undefined ? linesOf(group) : wordLines(words)
  const [old, fresh] = shown
  const short = shown.length === 2 && old?.kind === 'removed' && fresh?.kind === 'added'
  const inHeading = short && old.text.length + fresh.text.length <= LONGEST_CHANGE
  return {
    heading: `${where}: ${[label, inHeading ? `${old.text} → ${fresh.text}` : ''].filter(Boolean).join(' ')}`,
    lines: inHeading ? [] : shown,
    places: byResource.slice(0, most).flatMap((found) => shownPlace(found, group, titles)),
    more: Math.max(0, byResource.length - most),
  }
}

function wordLines({ before, after }: { readonly before: string; readonly after: string }): ShownLine[] {
  return [
    { kind: 'removed', text: printable(before) },
    { kind: 'added', text: printable(after) },
  ]
}

function linesOf({ changes, places }: ChangeGroup): readonly ShownLine[] {
  if (changes.length > 0) return describeChanges(changes).flatMap(({ lines }) => lines)
  const [first] = places
  return first === undefined ? [] : describeResource(first.resource).flatMap(({ lines }) => lines)
}

/** The name that all places have in common, and what happened where the lines do not say. */
function labelOf({ changes, places }: ChangeGroup): string {
  const [first] = places
  if (changes.length === 0)
    return first === undefined ? '' : `${resourceTitle(first.resource)} ${resourceNote(first.resource)}`
  const names = new Set(places.flatMap((place) => place.changes.map(({ path }) => nameOf(path))))
  const label = names.size <= MOST_NAMES ? [...names].map(printable).join(', ') : ''
  const [change] = changes
  const note = changes.length === 1 && change !== undefined ? describeChanges([change], 0)[0]?.note : ''
  return [label, note].filter(Boolean).join(' ')
}

const MOST_NAMES = 3

/** `37 resources`, `19 places in 12 resources`, `2 resources in 3 comparisons`. */
function count({ places, comparison }: ChangeGroup, byResource: readonly (readonly GroupPlace[])[]): string {
  const resources = plural(byResource.length, 'resource')
  const comparisons = new Set(places.map((place) => place.comparison)).size
  const perResource = places.some((place, index) => index > 0 && samePlace(place, places[index - 1]))
  const text = perResource ? `${places.length} places in ${resources}` : resources
  return comparison === undefined ? `${text} in ${plural(comparisons, 'comparison')}` : text
}

function samePlace(a: GroupPlace, b: GroupPlace | undefined): boolean {
  return a.comparison === b?.comparison && a.resource === b.resource
}

function placesByResource(places: readonly GroupPlace[]): GroupPlace[][] {
  const found = new Map<string, GroupPlace[]>()
  for (const place of places) {
    const key = idKey(place.resource.id)
    const known = found.get(key)
    if (known === undefined) found.set(key, [place])
    else known.push(place)
  }
  return [...found.values()]
}

/** Paths of more items than this are counted. */
const MOST_PATHS = 3

function shownPlace(
  found: readonly GroupPlace[],
  group: ChangeGroup,
  titles: readonly string[],
): ShownPlace[] {
  const [first] = found
  if (first === undefined) return []
  const paths = new Set(found.flatMap(({ changes }) => (changes.length === 0 ? [] : [pathOf(changes)])))
  const shown = [...paths].slice(0, MOST_PATHS)
  const more = paths.size - shown.length
  const comparisons = new Set(found.map(({ comparison }) => comparison))
  const shared = group.comparison === undefined
  return [
    {
      first,
      resource: printable(formatId(first.resource.id)),
      path: [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', '),
      titles: shared ? [...comparisons].map((index) => printable(titles[index] ?? '')) : [],
    },
  ]
}

/** The path of one change, or the map that holds the keys of several. */
function pathOf(changes: GroupPlace['changes']): string {
  const path = changes[0]?.path ?? []
  return printable(formatPath(changes.length > 1 ? path.slice(0, -1) : path))
}
