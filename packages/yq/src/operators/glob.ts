import { utf8Bytes } from '../go/bytes.ts'
/**
 * Whether `name` fits `pattern`, in which `*` stands for any text and `?` for one byte; nothing escapes them. yq
 * compares keys this way, and the two sides of `==`.
 */
export function matchesGlob(name: string, pattern: string): boolean {
  if (!isPattern(pattern)) return name === pattern
  if (pattern === '*') return true
  return matchBytes(utf8Bytes(name), utf8Bytes(pattern))
}

/** Whether a text matches anything but itself. */
export function isPattern(text: string): boolean {
  return text.includes('*') || text.includes('?')
}

const STAR = 0x2a
const QUESTION = 0x3f

/** Tries each `*` at its shortest, and lets only the last one grow: linear in practice, never exponential. */
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
