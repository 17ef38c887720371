import { groupBy, printable } from '@overlay-render/system'

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

/** A group of equal changes, for every report that people read. */
export interface ShownGroup {
  /** `37 resources: image a → b`. */
  readonly heading: string
  /** The change, if it does not fit into the heading. */
  readonly lines: readonly ShownLine[]
  /** One for each resource. */
  readonly places: readonly ShownPlace[]
  /** How many resources are left out of the places. */
  readonly more: number
}

export interface ShownPlace {
  readonly first: GroupPlace
  readonly resource: string
  readonly path: string
  /** The titles of the comparisons, if there are several. */
  readonly titles: readonly string[]
}

/** The longest change that a heading includes, in characters of both sides. */
const MAX_CHANGE_LENGTH = 120

/** Describes a group, with at most `most` of its places. */
export function describeGroup(group: ChangeGroup, titles: readonly string[], most: number): ShownGroup {
  const { places } = group
  const byResource = placesByResource(places)
  const label = labelOf(group)
  const where = count(group, byResource)
  const shown = linesOf(group)
  const [old, fresh] = shown
  const short = shown.length === 2 && old?.kind === 'removed' && fresh?.kind === 'added'
  const inHeading = short && old.text.length + fresh.text.length <= MAX_CHANGE_LENGTH
  return {
    heading: [where, [label, inHeading ? arrow(old.text, fresh.text, label) : ''].filter(Boolean).join(' ')]
      .filter(Boolean)
      .join(': '),
    lines: inHeading ? [] : shown,
    places: byResource.slice(0, most).flatMap((found) => shownPlace(found, group, titles)),
    more: Math.max(0, byResource.length - most),
  }
}

/** A tag needs the colon before it only after the name of its field. */
function arrow(before: string, after: string, label: string): string {
  const [old, fresh] = [before, after].map((text) => (label === '' ? text.replace(/^[:@]/u, '') : text))
  return `${old} → ${fresh}`
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

/** The lines of one of several changes, below its key. */
function partLines(
  change: Change,
  index: number,
  { words, places }: Pick<ChangeGroup, 'words' | 'places'>,
): ShownLine[] {
  const { note, lines } = describeChange(change)
  const names = namesOf(places.map(({ changes }) => changes[index] ?? change))
  const shared = words[index]
  return [
    { kind: 'place', text: [names.join(', '), note].filter(Boolean).join(' ') },
    ...(shared === undefined ? lines : wordLines(shared)),
  ]
}

/** The names of the changed fields, each once; empty when there are too many. */
function namesOf(changes: readonly Change[]): string[] {
  const names = new Set(changes.map(({ path }) => nameOf(path)))
  return names.size <= MAX_NAMES ? [...names].map(printable) : []
}

function wordLines({ before, after }: SharedWords): ShownLine[] {
  return [
    { kind: 'removed', text: printable(before) },
    { kind: 'added', text: printable(after) },
  ]
}

/** The name of the changed field, and a remark if the lines need one. */
function labelOf({ changes, places }: ChangeGroup): string {
  const [first] = places
  if (changes.length === 0)
    return first === undefined ? '' : `${resourceTitle(first.resource)} ${resourceNote(first.resource)}`
  const names = namesOf(places.flatMap((place) => place.changes))
  if (changes.length > 1) return names.join(', ') || `${changes.length} changes each`
  const [change] = changes
  const note = change === undefined ? '' : describeChange(change, 0).note
  // Fields of several names have only words in common; the places show their paths.
  const name = names.length === 1 ? names[0] : undefined
  return [name, note].filter(Boolean).join(' ')
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
  return [...groupBy(places, ({ resource }) => idKey(resource.id)).values()]
}

/** How many paths of a resource are listed; the others are counted. */
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

/** The path of one change, or of the map with the changed keys. */
function pathOf(changes: GroupPlace['changes']): string {
  const path = changes[0]?.path ?? []
  return printable(formatPath(changes.length > 1 ? path.slice(0, -1) : path))
}
