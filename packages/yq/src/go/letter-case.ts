import { replaceInvalidUtf8 } from './byte-text.ts'

/** Characters with one capital in Unicode's simple mapping, which Go uses, but two in JavaScript's. */
const SIMPLE_CAPITALS: ReadonlyMap<number, number> = new Map([
  ...[0x1f80, 0x1f90, 0x1fa0].flatMap((first) =>
    Array.from({ length: 8 }, (_, index): [number, number] => [first + index, first + index + 8]),
  ),
  [0x1fb3, 0x1fbc],
  [0x1fc3, 0x1fcc],
  [0x1ff3, 0x1ffc],
])

function isOneCharacter(text: string): boolean {
  return text.length === 1 || (text.length === 2 && (text.codePointAt(0) ?? 0) > 0xffff)
}

/** Go's `strings.ToUpper`: maps each character separately, so `ß` is unchanged. */
export function toUpper(text: string): string {
  return Array.from(replaceInvalidUtf8(text), (character) => {
    const upper = character.toUpperCase()
    if (isOneCharacter(upper)) return upper
    const simple = SIMPLE_CAPITALS.get(character.codePointAt(0) ?? 0)
    return simple === undefined ? character : String.fromCodePoint(simple)
  }).join('')
}

/** Go's `strings.ToLower`: maps each character separately, so a final sigma is not special, and `İ` becomes `i`. */
export function toLower(text: string): string {
  return Array.from(replaceInvalidUtf8(text), (character) => {
    const lower = character.toLowerCase()
    return isOneCharacter(lower) ? lower : lower.charAt(0)
  }).join('')
}
