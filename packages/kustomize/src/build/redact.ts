const HIDDEN = '[hidden]'
/** Shorter pieces of a secret say little, and hiding them would make messages unreadable. */
const SHORTEST_PIECE = 4

/** Where kustomize prints what it was given, which may be a secret that nobody told us of. */
const QUOTED_CONTENT: readonly (readonly [RegExp, string])[] = [
  [/(with config: )`[^`]*`/gu, `$1${HIDDEN}`],
  [/(literal sources )\[[^]*?\](?=: |$)/gu, `$1[${HIDDEN}]`],
  [/(patch from )\[[^]*?\](?=$|\n|: |')/gu, `$1[${HIDDEN}]`],
  [/(target for (?:JSON )?patch )[^]*$/gu, `$1${HIDDEN}`],
  [/(invalid utf8 bytes ?: ?)[^\n]*/gu, `$1${HIDDEN}`],
  [/\b0x[0-9a-f]{6,}\b/gu, '0x…'],
]

/**
 * Makes a function that takes secrets out of what kustomize printed: the values given, in plain, quoted and base64 form and line by line,
 * and every place where kustomize repeats a configuration or a literal.
 */
export function makeRedactor(secrets: readonly string[]): (text: string) => string {
  const pieces = new Set<string>()
  for (const secret of secrets) {
    const bytes = Buffer.from(secret)
    const lines = secret.split(/\r?\n/u).map((line) => line.trim())
    for (const piece of [secret, secret.trim(), ...lines]) {
      pieces.add(piece)
      pieces.add(JSON.stringify(piece).slice(1, -1))
    }
    pieces.add(bytes.toString('base64').replace(/=+$/u, ''))
  }
  const longestFirst = [...pieces]
    .filter(({ length }) => length >= SHORTEST_PIECE)
    .sort((a, b) => b.length - a.length)
  return (text) => {
    let redacted = text
    for (const piece of longestFirst) redacted = redacted.replaceAll(piece, HIDDEN)
    for (const [pattern, replacement] of QUOTED_CONTENT) redacted = redacted.replace(pattern, replacement)
    return redacted
  }
}
