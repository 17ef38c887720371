/**
 * The characters of a pattern that are neither escaped nor in a class, with the number of groups around each. Parentheses count as
 * outside of their own group.
 */
function* structureOf(
  pattern: string,
): Generator<{ readonly index: number; readonly character: string; readonly depth: number }> {
  let depth = 0
  let inClass = false
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index] ?? ''
    if (character === '\\') index++
    else if (inClass) inClass = character !== ']'
    else if (character === '[') inClass = true
    else {
      if (character === ')') depth--
      yield { index, character, depth }
      if (character === '(') depth++
    }
  }
}

/** The alternatives of a regular expression at its top level; `|` in groups and classes do not count. */
export function alternativesOf(pattern: string): string[] {
  const found: string[] = []
  let start = 0
  for (const { index, character, depth } of structureOf(pattern)) {
    if (character !== '|' || depth !== 0) continue
    found.push(pattern.slice(start, index))
    start = index + 1
  }
  return [...found, pattern.slice(start)]
}

/** Most alternatives: a few groups in a row have thousands. */
const MOST = 256

/** The alternatives with groups expanded: `a/(b|c)/` becomes `a/b/` and `a/c/`. Groups that may repeat or be absent are kept. */
export function writtenOut(pattern: string): string[] {
  const found: string[] = []
  const pending = alternativesOf(pattern).toReversed()
  for (let next = pending.pop(); next !== undefined && found.length < MOST; next = pending.pop()) {
    const alternative = next
    const group = findGroup(alternative)
    if (group === undefined) found.push(alternative)
    else {
      const [before, after] = [alternative.slice(0, group.start), alternative.slice(group.end)]
      pending.push(...group.inside.map((inside) => `${before}${inside}${after}`).toReversed())
    }
  }
  return found
}

/** The first group with several alternatives and no quantifier. */
function findGroup(
  pattern: string,
): { readonly start: number; readonly end: number; readonly inside: readonly string[] } | undefined {
  let start = 0
  for (const { index, character, depth } of structureOf(pattern)) {
    if (depth !== 0) continue
    if (character === '(') start = index
    if (character !== ')') continue
    const text = pattern.slice(start + 1, index).replace(/^\?:/u, '')
    const inside = text.startsWith('?') ? [] : alternativesOf(text)
    const end = index + 1
    if (inside.length > 1 && !/[*+?{]/u.test(pattern[end] ?? '')) return { start, end, inside }
  }
  return undefined
}

/** The literal text at the start of every match of an alternative. */
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
