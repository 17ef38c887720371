/** Wraps a function so that it runs once, on the first call. */
export function once<Result>(work: () => Result): () => Result {
  let made: { readonly result: Result } | undefined
  return () => (made ??= { result: work() }).result
}
