/** Comments and blank lines, and at most one document marker between them. */
const PRELUDE = /^\uFEFF?(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:---[ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*)?$/u
/** A line that begins a top-level key: all else at the left margin is a comment or an item of the key before. */
const PART_START = /^[^\s#-]/mu
const KEY = /^(?:([A-Za-z_][\w./-]*)|"([^"\\\n]*)"|'([^'\n]*)'):(?=[ \t\r\n]|$)/u
const DOCUMENT_MARKER = /^(?:---|\.\.\.)(?:\s|$)/mu

/**
 * The text of each top-level key of a block-style YAML map, its line and all lines below it. Undefined when the
 * text is no such map, or when reading it without a parser leaves a doubt.
 */
export function topLevelParts(text: string): Map<string, string> | undefined {
  const first = text.search(PART_START)
  if (first < 0 || !PRELUDE.test(text.slice(0, first))) return undefined
  const parts = new Map<string, string>()
  for (const part of splitAtMargin(text.slice(first))) {
    const [whole, plain, double, single] = KEY.exec(part) ?? []
    const key = plain ?? double ?? single
    if (whole === undefined || key === undefined || parts.has(key)) return undefined
    parts.set(key, part)
  }
  return DOCUMENT_MARKER.test(text.slice(first)) ? undefined : parts
}

const NEXT_PART = /\n(?=[^\s#-])/u

function splitAtMargin(text: string): string[] {
  return text.split(NEXT_PART).map((part) => `${part}\n`)
}
