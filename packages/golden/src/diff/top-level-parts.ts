/** Comments and blank lines, and at most one document marker between them. */
const PRELUDE = /^\uFEFF?(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:---[ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*)?$/u
/** A line that begins a top-level key: other unindented lines are comments or items of the previous key. */
const PART_START = /^[^\s#-]/mu
const KEY = /^(?:([A-Za-z_][\w./-]*)|"([^"\\\n]*)"|'([^'\n]*)'):(?=[ \t\r\n]|$)/u
const DOCUMENT_MARKER = /^(?:---|\.\.\.)(?:\s|$)/mu

/**
 * Splits a block-style YAML map into the text of each top-level key, with the lines below it. Undefined when the text is
 * not such a map, or needs a parser to tell.
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
