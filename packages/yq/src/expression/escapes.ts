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
 * Reads the escapes of a string literal. An escape that the language does not know keeps its backslash (`\d`,
 * `\u00e9`), and `\\(` keeps both, for the interpolation that comes after.
 */
export function readEscapes(text: string): string {
  return text.replaceAll(/\\(\\\(?|["ntrfvba])/gu, (whole, escaped: string) => {
    if (escaped === '\\(') return whole
    return escaped === '\\' ? '\\' : (ESCAPED[escaped] ?? whole)
  })
}
