import { groupBy } from '@overlay-render/system'

import { diffArrays } from 'diff'

import { equalValues, isList, isMap, member, memberAt, type Value } from '../resources/value.ts'
import { keysOfList, type ListKey } from '../rules/list-keys.ts'
import type { KeyValue } from './change.ts'
import type { Interner } from './intern.ts'
import { matchMoved, runsOf } from './item-runs.ts'

/** The indices of an item in the old and in the new list; -1 when it is missing there. */
export interface Pair {
  readonly before: number
  readonly after: number
  /** The item's key; undefined when it is matched by position. */
  readonly fields: readonly KeyValue[] | undefined
}

export interface Pairing {
  /** In the order of the new list, with removed items at their old positions. */
  readonly pairs: readonly Pair[]
  /** Whether the common items are in another order. */
  readonly reordered: boolean
}

export interface ListContext {
  /** The map key of the list. */
  readonly name: string | undefined
  /** The key that a rule sets; no fields mean by position. */
  readonly ruleKey: ListKey | undefined
  readonly interner: Interner
}

/** Matches the items of two lists by their key fields if they have any, otherwise by content. */
export function pairItems(before: readonly Value[], after: readonly Value[], context: ListContext): Pairing {
  const { ruleKey, name, interner } = context
  if (ruleKey?.length === 0) return pairByPosition(before.length, after.length)
  const keys = ruleKey === undefined ? keysOfList(name) : [ruleKey]
  return pairByKeys(before, after, keys) ?? pairByContent(before, after, interner)
}

function pairByPosition(before: number, after: number): Pairing {
  const pairs = Array.from({ length: Math.max(before, after) }, (_, index) => ({
    before: index < before ? index : -1,
    after: index < after ? index : -1,
    fields: undefined,
  }))
  return { pairs, reordered: false }
}

/** Undefined when no key is unique among the items of both lists. */
function pairByKeys(
  before: readonly Value[],
  after: readonly Value[],
  keys: readonly ListKey[],
): Pairing | undefined {
  const chosen = keys.findIndex(
    (key) => indexByKey(before, key) !== undefined && indexByKey(after, key) !== undefined,
  )
  const first = keys[chosen]
  if (first === undefined || (before.length === 0 && after.length === 0)) return undefined
  const counterpart = new Map<number, number>()
  for (const key of keys.slice(chosen)) matchLeftovers(before, after, key, counterpart)
  matchLastTwo(before, after, counterpart)
  const fieldsOf = (item: Value | undefined): readonly KeyValue[] | undefined => keyValues(item, first)
  const taken = new Set(counterpart.values())
  const pairs: Pair[] = after.map((item, index) => ({
    before: counterpart.get(index) ?? -1,
    after: index,
    fields: fieldsOf(item),
  }))
  const removed: Pair[] = before.flatMap((item, index) =>
    taken.has(index) ? [] : [{ before: index, after: -1, fields: fieldsOf(item) }],
  )
  return { pairs: inOrder([...removed, ...pairs]), reordered: !ascending(pairs) }
}

/** Matches the remaining items by a key, and adds them to `counterpart` (new index to old). */
function matchLeftovers(
  before: readonly Value[],
  after: readonly Value[],
  key: ListKey,
  counterpart: Map<number, number>,
): void {
  const taken = new Set(counterpart.values())
  const old = indexByKey(
    before.map((item, index) => (taken.has(index) ? undefined : item)),
    key,
  )
  const fresh = indexByKey(
    after.map((item, index) => (counterpart.has(index) ? undefined : item)),
    key,
  )
  if (old === undefined || fresh === undefined) return
  for (const [text, index] of fresh) {
    const match = old.get(text)
    if (match !== undefined) counterpart.set(index, match)
  }
}

/** If one item is left on each side, it counts as renamed if they share an equal map or list. */
function matchLastTwo(
  before: readonly Value[],
  after: readonly Value[],
  counterpart: Map<number, number>,
): void {
  if (before.length - counterpart.size !== 1 || after.length - counterpart.size !== 1) return
  const taken = new Set(counterpart.values())
  const old = before.findIndex((_, index) => !taken.has(index))
  const fresh = after.findIndex((_, index) => !counterpart.has(index))
  const [a, b] = [before[old], after[fresh]]
  if (!isMap(a) || !isMap(b)) return
  const stayed = ([key, value]: [string, Value]): boolean =>
    (isList(value) || isMap(value)) && Object.keys(value).length > 0 && equalValues(value, member(b, key))
  if (Object.entries(a).some(stayed)) counterpart.set(fresh, old)
}

/** Maps key text to index; undefined when an item lacks the key or two have the same. Undefined items are skipped. */
function indexByKey(items: readonly (Value | undefined)[], key: ListKey): Map<string, number> | undefined {
  const byKey = new Map<string, number>()
  for (const [index, item] of items.entries()) {
    if (item === undefined) continue
    const values = keyValues(item, key)
    if (values === undefined) return undefined
    const text = values.map(({ value }) => JSON.stringify(value)).join()
    if (byKey.has(text)) return undefined
    byKey.set(text, index)
  }
  return byKey
}

function keyValues(item: Value | undefined, key: ListKey): readonly KeyValue[] | undefined {
  if (!isMap(item)) return undefined
  const values: KeyValue[] = []
  for (const { field, otherwise } of key) {
    const value = keyText(memberAt(item, ...field.split('.')) ?? otherwise)
    if (value === undefined) return undefined
    values.push({ field, value })
  }
  // An item without any of the fields has no such key.
  return values.some(({ value }) => value !== '') ? values : undefined
}

function keyText(value: Value | undefined): string | undefined {
  if (isList(value)) {
    const texts = value.map((item) => (isList(item) ? undefined : keyText(item)))
    return texts.includes(undefined) ? undefined : texts.join(',')
  }
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  return isPlain ? String(value) : undefined
}

/** With more edits than this, items are paired by position. */
const MAX_EDITS = 1000

function pairByContent(before: readonly Value[], after: readonly Value[], interner: Interner): Pairing {
  const old = before.map((item) => interner.numberOf(item))
  const fresh = after.map((item) => interner.numberOf(item))
  if (sameItems(old, fresh)) return pairReordered(old, fresh)
  const edits = diffArrays(old, fresh, { maxEditLength: MAX_EDITS })
  if (edits === undefined) return pairByPosition(before.length, after.length)
  const runs = runsOf(edits)
  const moved = matchMoved(old, fresh, runs)
  const arrived = new Set(moved.values())
  const pairs: Pair[] = []
  for (const { from, to, same } of runs) {
    // Items removed and added at the same position are paired as changed items.
    const left = same ? from : from.filter((index) => !moved.has(index))
    const came = same ? to : to.filter((index) => !arrived.has(index))
    for (let offset = 0; offset < Math.max(left.length, came.length); offset++) {
      pairs.push({ before: left[offset] ?? -1, after: came[offset] ?? -1, fields: undefined })
    }
  }
  for (const [from, to] of moved) pairs.push({ before: from, after: to, fields: undefined })
  return { pairs: moved.size === 0 ? pairs : inOrder(pairs), reordered: moved.size > 0 }
}

function sameItems(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false
  const ascendingB = [...b].sort((x, y) => x - y)
  return [...a].sort((x, y) => x - y).every((number, index) => number === ascendingB[index])
}

function pairReordered(old: readonly number[], fresh: readonly number[]): Pairing {
  // Reversed, so that `pop` takes the first index.
  const places = groupBy([...old.keys()].toReversed(), (index) => old[index])
  const pairs = fresh.map((number, index) => ({
    before: places.get(number)?.pop() ?? -1,
    after: index,
    fields: undefined,
  }))
  return { pairs, reordered: !ascending(pairs) }
}

function ascending(pairs: readonly Pair[]): boolean {
  let last = -1
  for (const { before } of pairs) {
    if (before < 0) continue
    if (before < last) return false
    last = before
  }
  return true
}

function inOrder(pairs: readonly Pair[]): Pair[] {
  const place = ({ before, after }: Pair): number => (after < 0 ? before - 0.5 : after)
  return [...pairs].sort((a, b) => place(a) - place(b))
}
