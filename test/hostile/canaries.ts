/** A value that must not appear in any output of a render with stub secrets, with every encoding in which it could appear. */
export interface Canary {
  readonly value: string
  /** Raw, base64 at each alignment, hex, URL-encoded and reversed. */
  readonly forms: readonly string[]
}

export function makeCanary(name: string): Canary {
  const random = Math.random().toString(36).slice(2, 12)
  // Long enough that its base64 text is unique at each alignment; contains characters that a URL escapes.
  const value = `CANARY-${name}-${random}/${random}?=&tail`
  const bytes = Buffer.from(value)
  const aligned = [0, 1, 2].map((skip) => {
    // Omit the characters at both ends: they depend on the adjacent bytes.
    const inner = bytes.subarray(skip, skip + Math.floor((bytes.length - skip) / 3) * 3)
    return inner.toString('base64')
  })
  const reversed = [...value].toReversed().join('')
  const forms = [
    value,
    random,
    reversed,
    ...aligned,
    ...aligned.map((text) => text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/u, '')),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    encodeURIComponent(value),
  ]
  return { value, forms }
}

/** Returns the encodings of a canary that `text` contains. */
export function formsIn(text: string, canary: Canary): string[] {
  return canary.forms.filter((form) => text.includes(form))
}
