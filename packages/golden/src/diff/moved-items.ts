import type { Pair } from './pair-items.ts'

/** The fewest pairs whose move explains the new order. */
export function movedPairs(pairs: readonly Pair[]): Pair[] {
  const both = pairs.filter(({ before, after }) => before >= 0 && after >= 0)
  const stayed = longestAscending(both.map(({ before }) => before))
  return both.filter((_, index) => !stayed.has(index))
}

/** The indices of a longest ascending subsequence, by patience sorting. */
function longestAscending(numbers: readonly number[]): ReadonlySet<number> {
  const tails: number[] = []
  const previous: (number | undefined)[] = []
  for (const [index, number] of numbers.entries()) {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((numbers[tails[middle] ?? 0] ?? 0) < number) low = middle + 1
      else high = middle
    }
    previous.push(tails[low - 1])
    tails[low] = index
  }
  const found = new Set<number>()
  for (let at = tails.at(-1); at !== undefined; at = previous[at]) found.add(at)
  return found
}
