import { groupBy } from '@overlay-render/system'

import { idKey } from '../resources/resource-id.ts'
import { toJson } from '../resources/value.ts'
import {
  type Change,
  formatKey,
  formatPath,
  type ManifestDiff,
  type ResourceChange,
  type Step,
} from './change.ts'
import { substitutedWords } from './substitution.ts'

/** The same change in several places. */
export interface ChangeGroup {
  /** The changes at the first place: one, or those of sibling keys; empty for resources that were added or removed. */
  readonly changes: readonly Change[]
  /** For each change the replaced words, if the places have only those in common. */
  readonly words: readonly (SharedWords | undefined)[]
  readonly places: readonly GroupPlace[]
  /** The comparison with all places; undefined when they are in several. */
  readonly comparison: number | undefined
}

export interface SharedWords {
  readonly before: string
  readonly after: string
}

export interface GroupPlace {
  /** Index of the comparison. */
  readonly comparison: number
  readonly resource: ResourceChange
  readonly changes: readonly Change[]
}

export interface Grouping {
  readonly groups: readonly ChangeGroup[]
  /** The group that contains a change, or a whole resource. */
  groupOf(part: Change | ResourceChange): ChangeGroup | undefined
}

interface Candidate extends GroupPlace {
  readonly signature: string
}

/** Finds changes that several resources, items or comparisons share, in linear time. */
export function groupChanges(diffs: readonly (ManifestDiff | undefined)[]): Grouping {
  const groups: ChangeGroup[] = []
  const shownBy = new Map<Change | ResourceChange, ChangeGroup>()
  const take = (candidates: readonly Candidate[]): void => {
    for (const places of bySignature(candidates)) {
      const group = toGroup(places)
      groups.push(group)
      for (const { changes, resource } of places)
        for (const part of changes.length === 0 ? [resource] : changes) shownBy.set(part, group)
    }
  }
  const resources = diffs.flatMap((diff, comparison) =>
    (diff?.resources ?? []).map((resource) => ({ comparison, resource })),
  )
  if (diffs.length > 1) take(resources.flatMap(wholeResource))
  take(resources.flatMap(siblings))
  take(
    resources.flatMap(({ comparison, resource }) =>
      resource.changes
        .filter((change) => !shownBy.has(change))
        .map((change) => ({ comparison, resource, changes: [change], signature: signatureOf(change) })),
    ),
  )
  return {
    groups: groups.sort((a, b) => b.places.length - a.places.length),
    groupOf: (part) => shownBy.get(part),
  }
}

function bySignature(candidates: readonly Candidate[]): Candidate[][] {
  const found = groupBy(candidates, ({ signature }) => signature)
  return [...found.values()].filter((places) => places.length > 1)
}

function toGroup(places: readonly Candidate[]): ChangeGroup {
  const [first] = places
  const changes = first?.changes ?? []
  const comparison = first?.comparison
  return {
    changes,
    words: changes.map((change, index) =>
      places.every((place) => sameValues(place.changes[index], change)) ? undefined : wordsOf(change),
    ),
    places,
    comparison: places.every((place) => place.comparison === comparison) ? comparison : undefined,
  }
}

/** Changes with the same signature can differ only if they replace the same words in different strings. */
function sameValues(a: Change | undefined, b: Change): boolean {
  if (a?.kind !== 'replaced' || b.kind !== 'replaced' || typeof a.before !== 'string') return true
  return a.before === b.before && a.after === b.after
}

function wordsOf(change: Change): SharedWords | undefined {
  if (change.kind !== 'replaced' || typeof change.before !== 'string' || typeof change.after !== 'string')
    return undefined
  const { before, after, start } = substitutedWords(change.before, change.after)
  // With its sign, a tag or a digest of an image looks like one.
  const [lead] = /[:@]?$/u.exec(change.before.slice(0, start)) ?? ['']
  return { before: lead + before, after: lead + after }
}

interface Located {
  readonly comparison: number
  readonly resource: ResourceChange
}

/** A resource that several comparisons add, or remove, in the same form. */
function wholeResource({ comparison, resource }: Located): Candidate[] {
  const value =
    resource.kind === 'added' ? resource.after : resource.kind === 'removed' ? resource.before : undefined
  if (value === undefined) return []
  const signature = [resource.kind, idKey(resource.id), toJson(value)].join('\n')
  return [{ comparison, resource, changes: [], signature }]
}

/** Changes of several keys of the same map. */
function siblings({ comparison, resource }: Located): Candidate[] {
  return siblingRuns(resource.changes)
    .filter((changes) => changes.length > 1)
    .map((changes) => ({
      comparison,
      resource,
      changes,
      signature: changes.map(signatureOf).join('\n\n'),
    }))
}

/** Splits changes into runs; consecutive changes of keys of the same map form one run. */
export function siblingRuns(changes: readonly Change[]): Change[][] {
  const runs: Change[][] = []
  let parent: Step | undefined
  for (const change of changes) {
    // Paths share their steps, so the same parent is the same object.
    const up = change.path.at(-1)?.kind === 'key' ? change.path.at(-2) : undefined
    const last = runs.at(-1)
    if (last !== undefined && up !== undefined && up === parent) last.push(change)
    else runs.push([change])
    parent = up
  }
  return runs
}

/** The least total length of the replaced words: shorter ones match in unrelated places by chance. */
const MIN_LENGTH = 12

function signatureOf(change: Change): string {
  const place = nameOf(change.path)
  switch (change.kind) {
    case 'added':
      return ['+', place, toJson(change.after)].join('\n')
    case 'removed':
      return ['-', place, toJson(change.before)].join('\n')
    case 'replaced': {
      const { before, after } = change
      if (typeof before === 'string' && typeof after === 'string') {
        const words = substitutedWords(before, after)
        const isSpecific =
          words.before !== '' && words.after !== '' && words.before.length + words.after.length >= MIN_LENGTH
        if (isSpecific) return ['w', JSON.stringify(words.before), JSON.stringify(words.after)].join('\n')
      }
      return ['~', place, toJson(before), toJson(after)].join('\n')
    }
    case 'reordered':
      return ['%', place, toJson([...change.before]), toJson([...change.after])].join('\n')
    case 'text': {
      const lines = change.hunks.flatMap((hunk) => hunk.lines)
      return ['t', place, ...lines.map(({ kind, text }) => kind + text)].join('\n')
    }
  }
}

/** An ASCII letter, or any character beyond ASCII. */
const HAS_LETTER = /[A-Za-z\u0080-\u{10ffff}]/u

/** The name of a path's end: the last key, with the key above it if it has no letter such as `*`, or the list and its item. */
export function nameOf(path: readonly Step[]): string {
  const at = path.findLastIndex(({ kind }) => kind === 'key')
  const key = path[at]
  const last = path.at(-1)
  const name = key?.kind !== 'key' ? '' : HAS_LETTER.test(key.key) ? key.key : formatPath(lastKeys(path))
  return last?.kind === 'item' ? `${name}[${formatKey(last.fields)}]` : name
}

/** The last two keys of a path: `rules["*"]` of `rules[0]["*"]`. */
function lastKeys(path: readonly Step[]): readonly Step[] {
  return path.filter(({ kind }) => kind === 'key').slice(-2)
}
