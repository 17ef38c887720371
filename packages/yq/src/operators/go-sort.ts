type Less<Item> = (a: Item, b: Item) => boolean

const BLOCK = 20

/**
 * Sorts in place with the algorithm of Go's `sort.Stable`: insertion sort on blocks of 20, then symmetric merges. The
 * result differs from other stable sorts only because yq's comparison of mixed types is not transitive.
 */
export function sortAsGo<Item>(items: Item[], less: Less<Item>): void {
  for (let start = 0; start < items.length; start += BLOCK) {
    insertionSort(items, start, Math.min(start + BLOCK, items.length), less)
  }
  for (let size = BLOCK; size < items.length; size *= 2) {
    for (let start = 0; start + size < items.length; start += 2 * size) {
      symmetricMerge(items, start, start + size, Math.min(start + 2 * size, items.length), less)
    }
  }
}

function insertionSort<Item>(items: Item[], start: number, end: number, less: Less<Item>): void {
  for (let next = start + 1; next < end; next++) {
    for (let at = next; at > start && isLess(items, at, at - 1, less); at--) swap(items, at, at - 1)
  }
}

function isLess<Item>(items: readonly Item[], a: number, b: number, less: Less<Item>): boolean {
  const left = items[a]
  const right = items[b]
  return left !== undefined && right !== undefined && less(left, right)
}

function swap<Item>(items: Item[], a: number, b: number): void {
  const left = items[a]
  const right = items[b]
  if (left === undefined || right === undefined) return
  items[a] = right
  items[b] = left
}

/** Merges the sorted runs [start, middle) and [middle, end): the SymMerge of Kim and Kutzner. */
function symmetricMerge<Item>(
  items: Item[],
  start: number,
  middle: number,
  end: number,
  less: Less<Item>,
): void {
  if (middle - start === 1) {
    insertForward(items, start, middle, end, less)
  } else if (end - middle === 1) {
    insertBackward(items, start, middle, less)
  } else {
    const half = Math.floor((start + end) / 2)
    const pivot = half + middle
    const from = findSplit(items, start, middle, end, less)
    const to = pivot - from
    if (from < middle && middle < to) rotate(items, from, middle, to)
    if (start < from && from < half) symmetricMerge(items, start, from, half, less)
    if (half < to && to < end) symmetricMerge(items, half, to, end, less)
  }
}

/** The split point of the first run for the rotation around the middle. */
function findSplit<Item>(
  items: Item[],
  start: number,
  middle: number,
  end: number,
  less: Less<Item>,
): number {
  const half = Math.floor((start + end) / 2)
  const pivot = half + middle
  let low = middle > half ? pivot - end : start
  let high = middle > half ? half : middle
  while (low < high) {
    const candidate = Math.floor((low + high) / 2)
    if (isLess(items, pivot - 1 - candidate, candidate, less)) high = candidate
    else low = candidate + 1
  }
  return low
}

/** Inserts the single item of the first run before the first item of the second run that is not less. */
function insertForward<Item>(
  items: Item[],
  start: number,
  middle: number,
  end: number,
  less: Less<Item>,
): void {
  let low = middle
  let high = end
  while (low < high) {
    const candidate = Math.floor((low + high) / 2)
    if (isLess(items, candidate, start, less)) low = candidate + 1
    else high = candidate
  }
  for (let at = start; at < low - 1; at++) swap(items, at, at + 1)
}

/** Inserts the single item of the second run after the last item of the first run that is not greater. */
function insertBackward<Item>(items: Item[], start: number, middle: number, less: Less<Item>): void {
  let low = start
  let high = middle
  while (low < high) {
    const candidate = Math.floor((low + high) / 2)
    if (isLess(items, middle, candidate, less)) high = candidate
    else low = candidate + 1
  }
  for (let at = middle; at > low; at--) swap(items, at, at - 1)
}

function rotate<Item>(items: Item[], start: number, middle: number, end: number): void {
  const turned = [...items.slice(middle, end), ...items.slice(start, middle)]
  for (const [offset, item] of turned.entries()) items[start + offset] = item
}
