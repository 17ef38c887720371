import { RegularExpression, RegularExpressionError } from '@overlay-render/yq'

const compiled = new Map<string, RegularExpression | string>()

/** A regular expression as Go compiles it, or the error of Go's RE2. Remembered, since jobs share most expressions. */
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

/** Whether an expression matches anywhere in a text; false for an invalid expression. */
export function matchesGo(pattern: string, text: string): boolean {
  const found = compileGo(pattern)
  return typeof found === 'object' && found.test(text)
}
