/** A value that no output of a render with stub secrets may hold, and every form in which it could be held. */
export interface Canary {
  readonly value: string
  /** Raw, base64 at any alignment, hex and URL form, reversed. */
  readonly forms: readonly string[]
}

export function makeCanary(name: string): Canary {
  const random = Math.random().toString(36).slice(2, 12)
  // Long enough that what is left of it at any alignment of base64 is its own, with characters that a URL escapes.
  const value = `CANARY-${name}-${random}/${random}?=&tail`
  const bytes = Buffer.from(value)
  const aligned = [0, 1, 2].map((skip) => {
    // Without the characters at both ends that depend on what is beside them.
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

/** The names of the forms of a canary that `text` holds. */
export function formsIn(text: string, canary: Canary): string[] {
  return canary.forms.filter((form) => text.includes(form))
}
