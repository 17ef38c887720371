import { operators } from '../operators/table.ts'
import type { SourceRange } from './ast.ts'
import type { Token } from './token.ts'

/** A syntax error at the first position where a reader from left to right notices it. */
export interface Misplaced {
  readonly range: SourceRange
  readonly message: string
}

/** The message for two adjacent values. */
export const NEXT_TO: string = 'expected an operator such as "|" or "," before this'
const NOTHING_INSIDE = 'there is no value in these brackets'

/**
 * Finds the first misplaced token. The parser counts operands from the end of an expression, which detects an error but
 * not its position. So this reads the tokens again, expecting a value, an operator, a value and so on. Returns
 * `undefined` for errors that only counting detects.
 */
export function findMisplaced(tokens: readonly Token[]): Misplaced | undefined {
  let wantsValue = true
  for (const [position, token] of tokens.entries()) {
    const role = roleOf(token, tokens[position + 1])
    if (wantsValue && (role === 'infix' || role === 'closer')) return missingValue(tokens, position)
    if (!wantsValue && role !== 'infix' && role !== 'closer') {
      return missingOperator(tokens[position - 1], token)
    }
    wantsValue = role === 'infix' || role === 'opener' || role === 'prefix'
  }
  return wantsValue ? missingValue(tokens, tokens.length) : undefined
}

type Role = 'value' | 'prefix' | 'infix' | 'opener' | 'closer'

function roleOf(token: Token, next?: Token): Role {
  if (token.type === 'bracket') return /[)\]}]/.test(token.bracket) ? 'closer' : 'opener'
  switch (operators[token.operator].arity) {
    case 0:
      return 'value'
    case 1:
      // Only `first` may have no argument.
      return token.operator === 'first' && next?.type !== 'bracket' ? 'value' : 'prefix'
    default:
      return 'infix'
  }
}

/** A value is missing before the token at `position`, or before the end of the expression. */
function missingValue(tokens: readonly Token[], position: number): Misplaced | undefined {
  const [caller, before, next] = [tokens[position - 2], tokens[position - 1], tokens[position]]
  for (const word of before?.type === 'bracket' ? [caller] : [before]) {
    if (word?.type === 'operator' && roleOf(word) === 'prefix') {
      return { range: word.range, message: needsArgument(word.text.trim()) }
    }
  }
  if (next !== undefined && roleOf(next) === 'infix') {
    const sign = next.text.trim()
    const message =
      before?.type === 'operator' ? `expected a value before this "${sign}"` : needs(sign, 'left')
    return { range: next.range, message }
  }
  if (before === undefined) return undefined
  const message = before.type === 'bracket' ? NOTHING_INSIDE : needs(before.text.trim(), 'right')
  return { range: before.range, message }
}

/** `token` begins a value right after `before` ended one. */
function missingOperator(before: Token | undefined, token: Token): Misplaced {
  const called = before?.type === 'operator' && token.type === 'bracket' && token.bracket === '('
  if (called && /^[a-z_]+$/i.test(before.text)) {
    return { range: token.range, message: `"${before.text}" takes no argument in brackets` }
  }
  return { range: token.range, message: NEXT_TO }
}

export function needs(sign: string, side: 'left' | 'right'): string {
  return `"${sign}" needs a value on its ${side}`
}

export function needsArgument(name: string): string {
  return `"${name}" needs an argument in brackets: ${name}(…)`
}
