const ESCAPED: Readonly<Record<string, string>> = {
  '"': '"',
  n: '\n',
  t: '\t',
  r: '\r',
  f: '\f',
  v: '\v',
  b: '\b',
  a: '\u0007',
}

/**
 * Resolves the escapes of a string literal. Unknown escapes keep their backslash (`\d`, `\u00e9`), and `\\(` keeps both
 * backslashes for the later interpolation.
 */
export function readEscapes(text: string): string {
  return text.replaceAll(/\\(\\\(?|["ntrfvba])/gu, (whole, escaped: string) => {
    if (escaped === '\\(') return whole
    return escaped === '\\' ? '\\' : (ESCAPED[escaped] ?? whole)
  })
}
