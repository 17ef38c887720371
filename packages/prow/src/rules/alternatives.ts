/** The alternatives of a regular expression at its top level: the `|` in groups and in classes divide nothing. */
export function alternativesOf(pattern: string): string[] {
  const found: string[] = []
  let start = 0
  let depth = 0
  let inClass = false
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index]
    if (character === '\\') index++
    else if (inClass) inClass = character !== ']'
    else if (character === '[') inClass = true
    else if (character === '(') depth++
    else if (character === ')') depth--
    else if (character === '|' && depth === 0) {
      found.push(pattern.slice(start, index))
      start = index + 1
    }
  }
  return [...found, pattern.slice(start)]
}

/** The text that everything that an alternative matches begins with, from its first character on. */
export function literalPrefix(alternative: string): string {
  let prefix = ''
  const text = alternative.replace(/^\^/u, '')
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? ''
    const isEscaped = character === '\\' && /[^\w\s]/u.test(text[index + 1] ?? '')
    const literal = isEscaped ? (text[index + 1] ?? '') : character
    if (!isEscaped && /[\\.*+?()[\]{}|^$]/u.test(character)) break
    const next = text[index + (isEscaped ? 2 : 1)] ?? ''
    if (/[*?{]/u.test(next)) break
    prefix += literal
    if (isEscaped) index++
  }
  return prefix
}
