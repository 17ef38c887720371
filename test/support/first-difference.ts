/** Describes the first line in which two texts differ, with its number; undefined when their bytes are equal. */
export function firstDifference(ours: Uint8Array, theirs: Uint8Array): string | undefined {
  if (Buffer.compare(ours, theirs) === 0) return undefined
  const [left, right] = [lines(ours), lines(theirs)]
  const index = left.findIndex((line, at) => line !== right[at])
  const at = index === -1 ? left.length : index
  return `line ${at + 1}: ours ${shown(left[at])}, by hand ${shown(right[at])}`
}

function lines(bytes: Uint8Array): string[] {
  return Buffer.from(bytes).toString('latin1').split('\n')
}

function shown(line: string | undefined): string {
  return line === undefined ? 'ends' : JSON.stringify(Buffer.from(line, 'latin1').toString())
}
