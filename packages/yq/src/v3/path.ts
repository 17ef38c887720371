/**
 * One element of a path: a number is an index in brackets; a string is a key, a pattern (`*`, `**`, `abc*`), a filter
 * (`name==x`, `.==x`) or `+`.
 */
export type PathElement = string | number

/** The end of an element by its first character. The character after the end is dropped. */
const CLOSING: Readonly<Record<string, string>> = { '[': ']', '"': '"', '(': ')' }
const OPENING = /[.["(]/u
const MAX_BYTES = 2n ** 63n - 1n

/**
 * Splits a path like yq 3.4.1. There are no escapes, and the character after `]`, a closing quote or `)` is always
 * dropped: `a[0].b` is `a`, 0, `b`, but `a[0][1]` is `a`, 0, `1]`.
 */
export function parsePath(text: string): PathElement[] {
  const elements: PathElement[] = []
  for (let rest = text; rest !== '';) {
    const opening = rest.charAt(0)
    const closing = CLOSING[opening]
    if (closing === undefined) {
      const end = rest.search(OPENING)
      elements.push(end === -1 ? rest : rest.slice(0, end))
      rest = end === -1 ? '' : rest.slice(rest.charAt(end) === '.' ? end + 1 : end)
    } else {
      const end = rest.indexOf(closing, 1)
      const element = end === -1 ? rest.slice(1) : rest.slice(1, end)
      elements.push(opening === '[' && isInteger(element) ? Number(element) : element)
      rest = end === -1 ? '' : rest.slice(end + 2)
    }
  }
  return elements
}

/** Whether the text is a decimal int64 for Go. */
export function isInteger(text: string): boolean {
  if (!/^[-+]?[0-9]+$/u.test(text)) return false
  const value = BigInt(text.replace('+', ''))
  return value <= MAX_BYTES && value >= -MAX_BYTES - 1n
}

/** Whether an element creates nothing when it has no match. Not true for a prefix pattern (`abc*`). */
export function isPattern(element: PathElement): boolean {
  return typeof element === 'string' && (element === '*' || element === '**' || element.includes('=='))
}

/** Whether a text equals an expression, in which a final `*` matches any text. */
export function matchesText(expression: string, text: string): boolean {
  return expression.endsWith('*') ? text.startsWith(expression.slice(0, -1)) : text === expression
}
