const NAMED: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '"': '\\"',
  '\\': '\\\\',
}
/** Characters that Go does not escape: letters, marks, numbers, punctuation, symbols and the ASCII space. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u

/** Go's `%q` of a string. */
export function quote(text: string): string {
  const escaped = Array.from(text, (character) => {
    const named = NAMED[character]
    if (named !== undefined) return named
    return PRINTABLE.test(character) ? character : escapeCode(character.codePointAt(0) ?? 0)
  })
  return `"${escaped.join('')}"`
}

function escapeCode(code: number): string {
  const hexadecimal = code.toString(16)
  if (code < 0x80) return `\\x${hexadecimal.padStart(2, '0')}`
  return code > 0xffff ? `\\U${hexadecimal.padStart(8, '0')}` : `\\u${hexadecimal.padStart(4, '0')}`
}
