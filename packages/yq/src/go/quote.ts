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

/** Go's `%q` of a string. */
export function quote(text: string): string {
  const escaped = Array.from(text, (character) => {
    const named = NAMED[character]
    if (named !== undefined) return named
    return isPrintable(character) ? character : escapeCode(character.codePointAt(0) ?? 0)
  })
  return `"${escaped.join('')}"`
}

/**
 * Whether Go prints the character unescaped: letters, marks, numbers, punctuation, symbols and the ASCII space. V8 takes half a
 * millisecond to compile the expression, so it is in a function and compiled on first use.
 */
function isPrintable(character: string): boolean {
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character)
}

function escapeCode(code: number): string {
  const hexadecimal = code.toString(16)
  if (code < 0x80) return `\\x${hexadecimal.padStart(2, '0')}`
  return code > 0xffff ? `\\U${hexadecimal.padStart(8, '0')}` : `\\u${hexadecimal.padStart(4, '0')}`
}
