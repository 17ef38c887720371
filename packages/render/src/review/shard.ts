import { RenderFault } from '../render-fault.ts'

/** One part of a review, for one of several parallel CI jobs. */
export interface Shard {
  /** From 1. */
  readonly index: number
  readonly count: number
}

/**
 * Parses `I/N`.
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

/** The whole review, when it is not split. */
const WHOLE: Shard = { index: 1, count: 1 }

/** The names that belong to a shard: the same on every machine, whatever their order; all names without a shard. */
export function inShard(names: readonly string[], { index, count }: Shard = WHOLE): string[] {
  return [...names].sort().filter((_name, at) => at % count === index - 1)
}
