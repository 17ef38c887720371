const BEYOND_ASCII = /[\u0080-\u{10FFFF}]/u

/**
 * Whether a text has no character beyond ASCII. V8 takes up to a millisecond to make an expression with a property of Unicode, such
 * as `\p{L}`, so short runs ask this first.
 */
export function isAsciiText(text: string): boolean {
  return !BEYOND_ASCII.test(text)
}
