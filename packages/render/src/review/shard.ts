import { RenderFault } from '../render-fault.ts'

/** One part of the work of a review, of which each job of a CI system does another. */
export interface Shard {
  /** From 1. */
  readonly index: number
  readonly count: number
}

/**
 * Reads `I/N`.
 *
 * @throws RenderFault `shard-invalid`
 */
export function parseShard(text: string): Shard {
  const [, index, count] = /^(\d{1,4})\/(\d{1,4})$/u.exec(text)?.map(Number) ?? []
  if (index !== undefined && count !== undefined && index >= 1 && index <= count) return { index, count }
  throw new RenderFault({
    code: 'shard-invalid',
    message: `${JSON.stringify(text)} is not a shard`,
    hint: 'write I/N, such as 1/3 for the first of three',
  })
}

/** All of the work, where it is not shared out. */
const WHOLE: Shard = { index: 1, count: 1 }

/** The names that fall to a shard: the same ones on every machine, whatever the order they come in; all without one. */
export function inShard(names: readonly string[], { index, count }: Shard = WHOLE): string[] {
  return [...names].sort().filter((_name, at) => at % count === index - 1)
}
