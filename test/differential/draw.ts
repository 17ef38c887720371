/** A random number source. Generators of documents and expressions use no other randomness. */
export interface Draw {
  /** Returns an integer from 0 to `below` - 1. */
  readonly below: (below: number) => number
}

/** A seeded generator (mulberry32): the same seed gives the same numbers on every machine. */
export function seededDraw(seed: number): Draw {
  let state = seed >>> 0
  return {
    below(below) {
      state = (state + 0x6d2b79f5) >>> 0
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return ((((mixed ^ (mixed >>> 14)) >>> 0) * below) / 4_294_967_296) | 0
    },
  }
}

export function pick<T>(draw: Draw, items: readonly [T, ...T[]] | readonly T[]): T {
  const item = items[draw.below(items.length)]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

/** Returns true with probability `times` / `outOf`. */
export function chance(draw: Draw, times: number, outOf: number): boolean {
  return draw.below(outOf) < times
}

export function list<T>(draw: Draw, least: number, most: number, make: (index: number) => T): T[] {
  return Array.from({ length: least + draw.below(most - least + 1) }, (_, index) => make(index))
}
