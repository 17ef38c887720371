/** A file with YAML front matter, split. */
export interface FrontMatter {
  /** The YAML at the front. */
  readonly yaml: Uint8Array
  /** Everything from the second `---` on. */
  readonly content: Uint8Array
}

const NEWLINE = 0x0a
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]
const SEPARATOR = [0x2d, 0x2d, 0x2d]

/**
 * Splits a file before the first line, other than its very first, that starts with `---`. yq looks three bytes ahead at each line,
 * so a last line shorter than that belongs to the content.
 */
export function splitFrontMatter(bytes: Uint8Array): FrontMatter {
  const start = startsWith(bytes, 0, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0
  let line = start
  while (line + SEPARATOR.length <= bytes.length) {
    if (line > start && startsWith(bytes, line, SEPARATOR)) break
    const newline = bytes.indexOf(NEWLINE, line)
    line = newline < 0 ? bytes.length : newline + 1
  }
  return { yaml: bytes.subarray(start, line), content: bytes.subarray(line) }
}

function startsWith(bytes: Uint8Array, at: number, wanted: readonly number[]): boolean {
  return wanted.every((byte, index) => bytes[at + index] === byte)
}
