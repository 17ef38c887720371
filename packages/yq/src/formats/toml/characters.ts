/** A scanned value, and the offset after it. */
export interface Scanned<Value> {
  readonly value: Value
  readonly end: number
}

export function isControl(character: string): boolean {
  return (character < ' ' && character !== '\t') || character === '\u007f'
}

/** Go's `%#U` of the first byte of a character. */
export function showCharacter(character: string): string {
  const [byte = 0] = new TextEncoder().encode(character)
  const shown = String.fromCharCode(byte)
  const code = `U+${byte.toString(16).toUpperCase().padStart(4, '0')}`
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(shown) ? `${code} '${shown}'` : code
}
