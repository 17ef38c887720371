/**
 * Does the work of finding out what a file is, or remembers what an earlier run found for the same file.
 *
 * @param parts what the answer depends on beside the file
 */
export type Remember = <Value>(
  parts: readonly string[],
  path: string,
  work: () => Promise<Value>,
) => Promise<Value>

/** Remembers nothing. */
export const forgetful: Remember = async (_parts, _path, work) => work()
