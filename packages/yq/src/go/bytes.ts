const ENCODER = new TextEncoder()

/** The UTF-8 of a text; lone surrogates become U+FFFD. */
export function utf8Bytes(text: string): Uint8Array {
  return ENCODER.encode(text)
}

/** The length of a text in UTF-8, in bytes. */
export function utf8Length(text: string): number {
  return ENCODER.encode(text).length
}

export function concatBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let offset = 0
  for (const piece of pieces) {
    whole.set(piece, offset)
    offset += piece.length
  }
  return whole
}

/** The number of arguments per call, which engines limit. */
const PIECE = 8192

/** Bytes as padded base64. */
export function bytesToBase64(bytes: Uint8Array): string {
  let characters = ''
  for (let start = 0; start < bytes.length; start += PIECE) {
    characters += String.fromCharCode(...bytes.subarray(start, start + PIECE))
  }
  return btoa(characters)
}

/** The bytes of padded base64, which must be valid. */
export function base64ToBytes(digits: string): Uint8Array {
  return Uint8Array.from(atob(digits), (character) => character.charCodeAt(0))
}
