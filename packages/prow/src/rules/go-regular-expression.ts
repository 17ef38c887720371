import { RegularExpression, RegularExpressionError } from '@overlay-render/yq'

const compiled = new Map<string, RegularExpression | string>()

/** A regular expression as Go compiles it, or what Go's RE2 has against it. Remembered: jobs share most of theirs. */
export function compileGo(pattern: string): RegularExpression | string {
  const known = compiled.get(pattern)
  if (known !== undefined) return known
  const made = compile(pattern)
  compiled.set(pattern, made)
  return made
}

function compile(pattern: string): RegularExpression | string {
  try {
    return new RegularExpression(pattern)
  } catch (error) {
    if (error instanceof RegularExpressionError) return error.message
    throw error
  }
}

/** Whether a text matches anywhere; false when the expression is none. */
export function matchesGo(pattern: string, text: string): boolean {
  const found = compileGo(pattern)
  return typeof found === 'object' && found.test(text)
}
