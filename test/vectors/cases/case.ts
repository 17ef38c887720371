/** One run of yq: a document on stdin, an expression and flags. */
export interface Case {
  readonly document: string
  /** Defaults to `.`. */
  readonly expression?: string
  readonly flags?: readonly string[]
}

/** Runs `.` on every document, and again with a layout flag on every third document. */
export function withLayouts(documents: readonly string[]): Case[] {
  const layouts = [['-I4'], ['-c'], ['-P'], ['-I3'], ['-I4', '-c'], ['-P', '-I4']]
  return documents.flatMap((document, index) => {
    const layout = layouts[(index / 3) % layouts.length]
    return index % 3 === 0 && layout !== undefined ? [{ document }, { document, flags: layout }] : [{ document }]
  })
}
