/** One run of yq: a document on stdin, an expression, and flags. */
export interface Case {
  readonly document: string
  /** `.` when absent. */
  readonly expression?: string
  readonly flags?: readonly string[]
}

/** Every document through `.`, and every third one through one of the flags that change the layout. */
export function withLayouts(documents: readonly string[]): Case[] {
  const layouts = [['-I4'], ['-c'], ['-P'], ['-I3'], ['-I4', '-c'], ['-P', '-I4']]
  return documents.flatMap((document, index) => {
    const layout = layouts[(index / 3) % layouts.length]
    return index % 3 === 0 && layout !== undefined ? [{ document }, { document, flags: layout }] : [{ document }]
  })
}
