/** The result of a function that is called once, when it is first asked for. */
export function once<Result>(work: () => Result): () => Result {
  let made: { readonly result: Result } | undefined
  return () => (made ??= { result: work() }).result
}
