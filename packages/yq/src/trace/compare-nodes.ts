import { mapEntries } from '../tree/children.ts'
import type { Node } from '../tree/node.ts'
import type { ChangeKind } from './change.ts'

/** A difference between two versions of a tree; `path` starts at their roots. */
export interface Difference {
  readonly kind: ChangeKind
  readonly path: readonly (string | number)[]
  readonly before: Node | undefined
  readonly after: Node | undefined
}

interface Pair {
  readonly before: Node
  readonly after: Node
  readonly path: readonly (string | number)[]
}

/** The differences between two versions of a tree, parents first, in the order of the new version. */
export function compareNodes(before: Node, after: Node): Difference[] {
  const differences: Difference[] = []
  const open: Pair[] = [{ before, after, path: [] }]
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const below: (Pair | Difference)[] = []
    const kind = kindOfDifference(pair.before, pair.after)
    if (kind !== undefined) differences.push({ kind, ...pair })
    if (kind === 'replaced') continue
    if (pair.after.kind === 'mapping') compareEntries(pair, below)
    else if (pair.after.kind === 'sequence') compareItems(pair, below)
    for (const part of below) if ('kind' in part) differences.push(part)
    for (const part of below.toReversed()) if (!('kind' in part)) open.push(part)
  }
  return differences
}

/** How a node differs from its old version, ignoring children. */
export function kindOfDifference(before: Node, after: Node): ChangeKind | undefined {
  if (before.kind !== after.kind) return 'replaced'
  // The text of a collection has no meaning.
  if (after.kind !== 'mapping' && after.kind !== 'sequence' && before.value !== after.value) return 'replaced'
  if (before.tag !== after.tag && isMeant(before.tag) && isMeant(after.tag)) return 'retagged'
  if (before.anchor !== after.anchor) return 'anchored'
  if (before.style !== after.style) return 'restyled'
  return hasSameComments(before, after) ? undefined : 'commented'
}

/** Collections that paths create have no tag. */
function isMeant(tag: string): boolean {
  return tag !== ''
}

function hasSameComments(before: Node, after: Node): boolean {
  return (
    before.headComment === after.headComment &&
    before.lineComment === after.lineComment &&
    before.footComment === after.footComment &&
    (before.document?.leadingContent ?? '') === (after.document?.leadingContent ?? '')
  )
}

function compareItems({ before, after, path }: Pair, below: (Pair | Difference)[]): void {
  const length = Math.max(before.content.length, after.content.length)
  for (let index = 0; index < length; index++) {
    const place = [...path, index]
    const old = before.content[index]
    const now = after.content[index]
    if (old !== undefined && now !== undefined) below.push({ before: old, after: now, path: place })
    else below.push({ kind: old === undefined ? 'created' : 'deleted', before: old, after: now, path: place })
  }
}

function compareEntries({ before, after, path }: Pair, below: (Pair | Difference)[]): void {
  const old = entriesByText(before)
  const now = entriesByText(after)
  const kept: string[] = []
  for (const [text, [key, value]] of now) {
    const place = [...path, text]
    const entry = old.get(text)
    if (entry === undefined) {
      below.push({ kind: 'created', path: place, before: undefined, after: value })
      continue
    }
    kept.push(text)
    const [oldKey, oldValue] = entry
    const kind = kindOfDifference(oldKey, key)
    if (kind !== undefined) below.push({ kind, path: place, before: oldKey, after: key })
    below.push({ before: oldValue, after: value, path: place })
  }
  for (const [text, [, value]] of old) {
    if (!now.has(text))
      below.push({ kind: 'deleted', path: [...path, text], before: value, after: undefined })
  }
  const wasKept = [...old.keys()].filter((text) => now.has(text))
  if (wasKept.some((text, position) => text !== kept[position])) {
    below.push({ kind: 'reordered', path, before, after })
  }
}

function entriesByText(mapping: Node): Map<string, [key: Node, value: Node]> {
  return new Map(Array.from(mapEntries(mapping), (entry) => [entry[0].value, entry]))
}
