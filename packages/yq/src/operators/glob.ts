import { utf8Bytes } from '../go/bytes.ts'
/**
 * Whether `name` matches `pattern`, in which `*` matches any text and `?` one byte, without escapes. yq compares keys
 * and the two sides of `==` this way.
 */
export function matchesGlob(name: string, pattern: string): boolean {
  if (!isPattern(pattern)) return name === pattern
  if (pattern === '*') return true
  return matchBytes(utf8Bytes(name), utf8Bytes(pattern))
}

/** Whether a text has wildcards. */
export function isPattern(text: string): boolean {
  return text.includes('*') || text.includes('?')
}

const STAR = 0x2a
const QUESTION = 0x3f

/** Backtracks only to the last `*`: linear in practice, never exponential. */
function matchBytes(name: Uint8Array, pattern: Uint8Array): boolean {
  let at = 0
  let inPattern = 0
  let retryAt = 0
  let retryInPattern = -1
  while (at < name.length || inPattern < pattern.length) {
    const wanted = pattern[inPattern]
    if (wanted === STAR) {
      retryInPattern = inPattern
      retryAt = at + 1
      inPattern++
    } else if (at < name.length && (wanted === QUESTION || wanted === name[at])) {
      at++
      inPattern++
    } else if (retryInPattern >= 0 && retryAt <= name.length) {
      inPattern = retryInPattern
      at = retryAt
    } else {
      return false
    }
  }
  return true
}
