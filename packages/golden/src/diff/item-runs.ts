/** Indices of items that stayed together, or that were taken out where others were put in. */
export interface Run {
  readonly from: readonly number[]
  readonly to: readonly number[]
  readonly same: boolean
}

/** The runs of two lists, from what a diff of arrays gives. */
export function runsOf(edits: readonly { value: unknown[]; added?: boolean; removed?: boolean }[]): Run[] {
  const runs: Run[] = []
  let at = 0
  let to = 0
  const take = (start: number, count: number): number[] =>
    Array.from({ length: count }, (_, offset) => start + offset)
  for (let index = 0; index < edits.length; index++) {
    const edit = edits[index]
    const next = edits[index + 1]
    const count = edit?.value.length ?? 0
    const same = edit?.removed !== true && edit?.added !== true
    const removed = same || edit?.removed === true ? count : 0
    const replaced = edit?.removed === true && next?.added === true
    const added = same || edit?.added === true ? count : replaced ? next.value.length : 0
    runs.push({ from: take(at, removed), to: take(to, added), same })
    at += removed
    to += added
    if (replaced) index++
  }
  return runs
}

/** The items that were taken out in one place and put in, unchanged, in another: old index to new one. */
export function matchMoved(
  old: readonly number[],
  fresh: readonly number[],
  runs: readonly Run[],
): ReadonlyMap<number, number> {
  const changed = runs.filter(({ same }) => !same)
  const places = new Map<number, number[]>()
  for (const index of changed.flatMap(({ to }) => to).toReversed()) {
    const number = fresh[index] ?? 0
    const found = places.get(number)
    if (found === undefined) places.set(number, [index])
    else found.push(index)
  }
  const moved = new Map<number, number>()
  for (const index of changed.flatMap(({ from }) => from)) {
    const to = places.get(old[index] ?? 0)?.pop()
    if (to !== undefined) moved.set(index, to)
  }
  return moved
}
