import type { Node } from '../tree/node.ts'
import { fingerprint } from './same-node.ts'

/** An entry before and after: without `before` it is new, without `after` it was deleted. */
export interface Aligned {
  readonly before: number | undefined
  readonly after: number | undefined
}

/** Beyond this many comparisons, items are paired by their index. */
const MAX_COMPARISONS = 4_000_000

/**
 * Pairs the new entries of a collection with the old ones, in the new order, with deleted entries at their old
 * positions. Returns undefined when common entries changed their order.
 */
export function alignEntries(before: Node, after: Node): Aligned[] | undefined {
  return before.kind === 'mapping' ? alignPairs(before, after) : alignItems(before.content, after.content)
}

function alignPairs(before: Node, after: Node): Aligned[] | undefined {
  const places = new Map<string, number[]>()
  for (const [place, name] of keyNames(before).entries()) {
    const same = places.get(name)
    if (same === undefined) places.set(name, [place])
    else same.push(place)
  }
  const found = keyNames(after).map((name) => places.get(name)?.shift())
  const renamed = pairRenamed(found, before.content.length / 2)
  return mergeInOrder(renamed, before.content.length / 2)
}

function keyNames(mapping: Node): string[] {
  const names: string[] = []
  for (let index = 0; index < mapping.content.length; index += 2) {
    const key = mapping.content[index]
    if (key !== undefined) names.push(key.content.length > 0 ? fingerprint(key) : `${key.kind}:${key.value}`)
  }
  return names
}

/** A new key in place of a removed one, between the same neighbours, counts as renamed. */
function pairRenamed(found: readonly (number | undefined)[], count: number): (number | undefined)[] {
  const kept = new Set(found)
  return found.map((place, index) => {
    if (place !== undefined) return place
    const previous = index === 0 ? -1 : found[index - 1]
    if (previous === undefined) return undefined
    const candidate = previous + 1
    const isGone = candidate < count && !kept.has(candidate)
    const next = index + 1 < found.length ? found[index + 1] : count
    return isGone && next === candidate + 1 ? candidate : undefined
  })
}

function alignItems(before: readonly Node[], after: readonly Node[]): Aligned[] | undefined {
  if (before.length === after.length) return after.map((_, index) => ({ before: index, after: index }))
  const old = before.map(fingerprint)
  const now = after.map(fingerprint)
  let start = 0
  while (start < old.length && start < now.length && old[start] === now[start]) start++
  let ends = 0
  while (ends < Math.min(old.length, now.length) - start && old.at(-1 - ends) === now.at(-1 - ends)) ends++
  const middle = matchMiddle(old.slice(start, old.length - ends), now.slice(start, now.length - ends))
  const found = now.map((_, index): number | undefined => {
    if (index < start) return index
    if (index >= now.length - ends) return index - now.length + old.length
    const place = middle[index - start]
    return place === undefined ? undefined : place + start
  })
  return mergeInOrder(found, old.length)
}

/** For each new item the index of its old one: the longest common subsequence, then the items between in order. */
function matchMiddle(old: readonly string[], now: readonly string[]): (number | undefined)[] {
  if (old.length * now.length > MAX_COMPARISONS)
    return now.map((_, index) => (index < old.length ? index : undefined))
  const width = now.length + 1
  const lengths = new Uint32Array((old.length + 1) * width)
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const below = lengths[(i + 1) * width + j] ?? 0
      const right = lengths[i * width + j + 1] ?? 0
      lengths[i * width + j] =
        old[i] === now[j] ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(below, right)
    }
  }
  const found: (number | undefined)[] = now.map(() => undefined)
  let i = 0
  let j = 0
  while (i < old.length && j < now.length) {
    if (old[i] === now[j]) found[j++] = i++
    else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i++
    else j++
  }
  return pairLeftovers(found, old.length)
}

/** Pairs unmatched new items with unmatched old items between the same neighbours. */
function pairLeftovers(found: readonly (number | undefined)[], count: number): (number | undefined)[] {
  const limits: number[] = []
  let limit = count
  for (const place of found.toReversed()) {
    limits.push(limit)
    limit = place ?? limit
  }
  let next = 0
  return found.map((place, index) => {
    if (place !== undefined) {
      next = place + 1
      return place
    }
    return next < (limits.at(-1 - index) ?? 0) ? next++ : undefined
  })
}

function mergeInOrder(found: readonly (number | undefined)[], count: number): Aligned[] | undefined {
  const aligned: Aligned[] = []
  let next = 0
  for (const [after, place] of found.entries()) {
    if (place === undefined) {
      aligned.push({ before: undefined, after })
      continue
    }
    if (place < next) return undefined
    for (; next < place; next++) aligned.push({ before: next, after: undefined })
    aligned.push({ before: place, after })
    next = place + 1
  }
  for (; next < count; next++) aligned.push({ before: next, after: undefined })
  return aligned
}
