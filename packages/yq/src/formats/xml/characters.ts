const NAME_START = String.raw`[:A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd]`
const XML_NAME = new RegExp(
  `^${NAME_START}(?:${NAME_START}|[-.0-9\\u00b7\\u0300-\\u036f\\u203f-\\u2040])*$`,
  'u',
)
/** Everything outside the character range of XML 1.0. */
export const ILLEGAL_XML: RegExp = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

/** Whether Go takes `name` for the target of a processing instruction. */
export function isXmlName(name: string): boolean {
  return XML_NAME.test(name)
}

const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries({ lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' }),
)

/** The character of a predefined entity, such as `lt`. */
export function namedEntity(name: string): string | undefined {
  return ENTITIES.get(name)
}

/** The character of a numeric entity, given by its decimal digits or by `x` and hexadecimal digits. */
export function codePoint(digits: string): string | undefined {
  const code = digits.startsWith('x') ? Number.parseInt(digits.slice(1), 16) : Number(digits)
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}
