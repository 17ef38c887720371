import { groupBy } from '@overlay-render/system'

/** The indices of consecutive items that stayed, or of removed items and those added in their place. */
export interface Run {
  readonly from: readonly number[]
  readonly to: readonly number[]
  readonly same: boolean
}

/** Converts an array diff into runs. */
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

/** Items that moved unchanged, by old index. */
export function matchMoved(
  old: readonly number[],
  fresh: readonly number[],
  runs: readonly Run[],
): ReadonlyMap<number, number> {
  const changed = runs.filter(({ same }) => !same)
  // Reversed, so that `pop` takes the first index.
  const places = groupBy(changed.flatMap(({ to }) => to).toReversed(), (index) => fresh[index])
  const moved = new Map<number, number>()
  for (const index of changed.flatMap(({ from }) => from)) {
    const to = places.get(old[index])?.pop()
    if (to !== undefined) moved.set(index, to)
  }
  return moved
}
