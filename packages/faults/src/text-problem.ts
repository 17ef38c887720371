/** Why a file is not a valid text file. `line` and `column` count from 1. */
export interface TextProblem {
  /** Follows the file's name, such as `still has the conflict markers of a merge`. */
  readonly problem: string
  readonly hint: string
  readonly line: number
  readonly column: number
}

const SAVE_AS_UTF8 = 'save it as UTF-8'

/**
 * Finds problems that YAML parsers report badly: conflict markers, another encoding, NUL characters. Call it only for
 * text that a parser rejected, because conflict markers can be valid content.
 */
export function findTextProblem(bytes: Uint8Array): TextProblem | undefined {
  const foreign = findForeignEncoding(bytes)
  if (foreign !== undefined) return foreign
  const texts = linesOf(bytes).map((line) => decode(line))
  const zero = texts.findIndex((text) => text?.includes('\u0000'))
  if (zero >= 0) {
    const column = (texts[zero]?.indexOf('\u0000') ?? 0) + 1
    return {
      problem: 'contains a NUL character',
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

/** Finds the first bytes that are not UTF-8; undefined when all of them are. */
export function findForeignEncoding(bytes: Uint8Array): TextProblem | undefined {
  if (isUtf16(bytes)) return { problem: 'is UTF-16 text', hint: SAVE_AS_UTF8, line: 1, column: 1 }
  if (decode(bytes) !== undefined) return undefined
  const lines = linesOf(bytes)
  const foreign = lines.findIndex((line) => decode(line) === undefined)
  const [line = new Uint8Array()] = lines.slice(foreign)
  const before = new TextDecoder().decode(line).indexOf('\uFFFD')
  return { problem: 'is not UTF-8 text', hint: SAVE_AS_UTF8, line: foreign + 1, column: before + 1 }
}

/** Whether the bytes start with a UTF-16 byte order mark. YAML allows UTF-16; Prow and kustomize do not support it. */
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
