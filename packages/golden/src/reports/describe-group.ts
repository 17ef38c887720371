import { printable } from '@overlay-render/system'

import { type Change, formatPath } from '../diff/change.ts'
import { type ChangeGroup, type GroupPlace, nameOf, type SharedWords } from '../diff/group-changes.ts'
import { formatId, idKey } from '../resources/resource-id.ts'
import {
  describeChange,
  describeChanges,
  describeResource,
  resourceNote,
  resourceTitle,
} from './describe-change.ts'
import type { ShownLine } from './shown-line.ts'
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
  const { places } = group
  const byResource = placesByResource(places)
  const label = labelOf(group)
  const where = count(group, byResource)
  const shown = linesOf(group)
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

function linesOf({ changes, words, places }: ChangeGroup): readonly ShownLine[] {
  const [first] = places
  if (changes.length === 0)
    return first === undefined ? [] : describeResource(first.resource).flatMap(({ lines }) => lines)
  const [shared] = words
  if (changes.length === 1 && shared !== undefined) return wordLines(shared)
  const parts = describeChanges(changes)
  if (parts.length === 1 && words.every((found) => found === undefined)) return parts[0]?.lines ?? []
  return changes.flatMap((change, index) => partLines(change, index, { words, places }))
}

/** One of several changes, below its key. */
function partLines(
  change: Change,
  index: number,
  { words, places }: Pick<ChangeGroup, 'words' | 'places'>,
): ShownLine[] {
  const { note, lines } = describeChange(change)
  const names = namesOf(places.map(({ changes }) => changes[index] ?? change))
  const shared = words[index]
  return [
    { kind: 'place', text: [names, note].filter(Boolean).join(' ') },
    ...(shared === undefined ? lines : wordLines(shared)),
  ]
}

/** The keys of changes; empty when there are too many to read. */
function namesOf(changes: readonly Change[]): string {
  const names = new Set(changes.map(({ path }) => nameOf(path)))
  return names.size <= MAX_NAMES ? [...names].map(printable).join(', ') : ''
}

function wordLines({ before, after }: SharedWords): ShownLine[] {
  return [
    { kind: 'removed', text: printable(before) },
    { kind: 'added', text: printable(after) },
  ]
}

/** The name that all places have in common, and what happened where the lines do not say. */
function labelOf({ changes, places }: ChangeGroup): string {
  const [first] = places
  if (changes.length === 0)
    return first === undefined ? '' : `${resourceTitle(first.resource)} ${resourceNote(first.resource)}`
  const names = namesOf(places.flatMap((place) => place.changes))
  const [change] = changes
  if (changes.length > 1) return names || `${changes.length} changes each`
  const note = change === undefined ? '' : describeChange(change, 0).note
  return [names, note].filter(Boolean).join(' ')
}

const MAX_NAMES = 3

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
const MAX_PATHS = 3

function shownPlace(
  found: readonly GroupPlace[],
  group: ChangeGroup,
  titles: readonly string[],
): ShownPlace[] {
  const [first] = found
  if (first === undefined) return []
  const paths = new Set(found.flatMap(({ changes }) => (changes.length === 0 ? [] : [pathOf(changes)])))
  const shown = [...paths].slice(0, MAX_PATHS)
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
