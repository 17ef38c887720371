/** Go's `unicode.IsSpace`, which knows NEL and does not know the byte order mark. */
const SPACE = String.raw`[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`
const LEADING = new RegExp(`^${SPACE}+`)
const SPACE_CHARACTER = new RegExp(`^${SPACE}$`)

export function isSpace(character: string): boolean {
  return SPACE_CHARACTER.test(character)
}

/** Go's `strings.TrimSpace`. */
export function trimSpace(text: string): string {
  let end = text.length
  while (end > 0 && isSpace(text.charAt(end - 1))) end--
  return text.slice(0, end).replace(LEADING, '')
}
