/** Why bytes cannot be the text that a person meant. `line` and `column` count from 1. */
export interface UnfitText {
  /** After the name of a file, such as `has the conflict markers of a merge`. */
  readonly problem: string
  readonly hint: string
  readonly line: number
  readonly column: number
}

const SAVE_AS_UTF8 = 'save it as UTF-8'

/**
 * What YAML parsers complain about in words that lead nowhere: conflict markers, another encoding, NUL. Undefined when it
 * is none of these. For texts that a parser refused: conflict markers may be content.
 */
export function findUnfit(bytes: Uint8Array): UnfitText | undefined {
  const foreign = findForeignEncoding(bytes)
  if (foreign !== undefined) return foreign
  const texts = linesOf(bytes).map((line) => decode(line))
  const zero = texts.findIndex((text) => text?.includes('\u0000'))
  if (zero >= 0) {
    const column = (texts[zero]?.indexOf('\u0000') ?? 0) + 1
    return {
      problem: 'holds a NUL character',
      hint: 'remove it, or write it as "\\0"',
      line: zero + 1,
      column,
    }
  }
  const marker = texts.findIndex((text) => text?.startsWith('<<<<<<< '))
  if (marker < 0 || !texts.some((text) => text?.startsWith('>>>>>>>'))) return undefined
  const problem = 'still has the conflict markers of a merge'
  return { problem, hint: 'keep one side, and remove the markers', line: marker + 1, column: 1 }
}

/** Where bytes are text in another encoding than UTF-8; undefined where they are not. */
export function findForeignEncoding(bytes: Uint8Array): UnfitText | undefined {
  if (isUtf16(bytes)) return { problem: 'is UTF-16 text', hint: SAVE_AS_UTF8, line: 1, column: 1 }
  if (decode(bytes) !== undefined) return undefined
  const lines = linesOf(bytes)
  const foreign = lines.findIndex((line) => decode(line) === undefined)
  const [line = new Uint8Array()] = lines.slice(foreign)
  const before = new TextDecoder().decode(line).indexOf('\uFFFD')
  return { problem: 'is not UTF-8 text', hint: SAVE_AS_UTF8, line: foreign + 1, column: before + 1 }
}

/** Whether the bytes start with a byte order mark of UTF-16. YAML allows it; Prow and kustomize do not expect it. */
export function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
}

function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = []
  let start = 0
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    lines.push(bytes.subarray(start, end))
    start = end + 1
  }
  lines.push(bytes.subarray(start))
  return lines
}

const strict = new TextDecoder('utf-8', { fatal: true })

function decode(line: Uint8Array): string | undefined {
  try {
    return strict.decode(line)
  } catch {
    return undefined
  }
}
