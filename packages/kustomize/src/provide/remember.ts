/**
 * Runs `work`, or returns its cached result for the same file.
 *
 * @param parts further parts of the cache key
 */
export type Remember = <Value>(
  parts: readonly string[],
  path: string,
  work: () => Promise<Value>,
) => Promise<Value>

/** No cache. */
export const noCache: Remember = async (_parts, _path, work) => work()
