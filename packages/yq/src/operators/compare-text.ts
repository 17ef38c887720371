/** Compares strings as Go does, by their UTF-8 bytes: negative when `a` is before `b`. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index)
    const right = b.charCodeAt(index)
    if (left === right) continue
    // Surrogates sort after all other UTF-16 units, like their characters in UTF-8.
    const isLeftHalf = left >= 0xd800 && left <= 0xdfff
    const isRightHalf = right >= 0xd800 && right <= 0xdfff
    if (isLeftHalf !== isRightHalf) return isLeftHalf ? 1 : -1
    return left - right
  }
  return a.length - b.length
}
