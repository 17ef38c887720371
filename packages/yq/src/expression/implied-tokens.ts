import { operators } from '../operators/table.ts'
import type { OperatorName } from './ast.ts'
import type { Bracket, BracketToken, OperatorToken, Reading, Token } from './token.ts'

/**
 * Adds the tokens that yq's grammar implies: the pipe in `.a.b`, the value before `.[0]`, the ends of `[:]` and the
 * empty operand in `[]`. Turns `style` before `=` into its assignment.
 */
export function addImpliedTokens(tokens: readonly Token[]): Token[] {
  const result: Token[] = []
  for (let position = 0; position < tokens.length; position++) {
    let token = tokens[position]
    if (token === undefined) break
    const next = tokens[position + 1]
    const add = (reading: Reading): void => void result.push(implied(reading, token))
    if (isBracket(token, '.[')) {
      add({ operator: 'self', options: {} })
      add({ operator: 'index', options: { optional: false } })
      token = { ...token, bracket: '[' }
    }
    if (startsSlice(tokens, position)) add({ operator: 'literal', options: { tag: '!!int', text: '0' } })
    const assignment = asAssignment(token, next)
    if (assignment !== undefined) {
      token = assignment
      // The sign is consumed. It is not a path, so the rules below may still inspect it.
      position++
    }
    result.push(token)
    if (isOperator(token, 'entry') && isBracket(next, ']')) add({ operator: 'length', options: {} })
    if (isEmptyPair(token, next)) add({ operator: 'empty', options: {} })
    if (takesPath(token)) {
      if (isOperator(next, 'name') || isBracket(next, '.[')) add({ operator: 'step', options: {} })
      if (isBracket(next, '[')) add({ operator: 'index', options: { optional: false } })
    }
  }
  return result
}

function isBracket(token: Token | undefined, bracket: Bracket): token is BracketToken {
  return token?.type === 'bracket' && token.bracket === bracket
}

function isOperator(token: Token | undefined, name: OperatorName): boolean {
  return token?.type === 'operator' && token.operator === name
}

/** An implied token at the start of `near`, with its text in yq's messages. */
function implied(reading: Reading, near: Token | undefined): Token {
  const start = near?.range.start ?? 0
  const startsPath = reading.operator === 'index' && isBracket(near, '.[')
  const text = startsPath ? 'TRAVERSE_ARRAY' : reading.operator === 'step' ? '.' : ''
  return { type: 'operator', ...reading, text, range: { start, end: start } }
}

/** Whether `[:2]` or `.[:2]` is a slice, which starts at 0. In `{` or alone, `:` creates a map. */
function startsSlice(tokens: readonly Token[], position: number): boolean {
  if (!isOperator(tokens[position], 'entry')) return false
  const opener = tokens[position - 1]
  if (isBracket(opener, '.[')) return true
  const sliced = tokens[position - 2]
  return (
    isBracket(opener, '[') &&
    (sliced?.type === 'operator' || isBracket(sliced, ']') || isBracket(sliced, '}'))
  )
}

function isEmptyPair(token: Token, next: Token | undefined): boolean {
  return (isBracket(token, '[') && isBracket(next, ']')) || (isBracket(token, '{') && isBracket(next, '}'))
}

function takesPath(token: Token): boolean {
  if (token.type === 'operator') return operators[token.operator].takesPath === true
  return token.bracket === ')' || token.bracket === ']' || token.bracket === '}'
}

function asAssignment(token: Token, sign: Token | undefined): OperatorToken | undefined {
  if (token.type !== 'operator' || sign?.type !== 'operator' || sign.operator !== 'assign') return undefined
  const { relative } = sign.options
  const place = { text: token.text, range: { start: token.range.start, end: sign.range.end } }
  switch (token.assignment) {
    case undefined:
      return undefined
    case 'assignComment': {
      const parts = token.operator === 'comment' ? token.options : { head: false, line: false, foot: false }
      return { type: 'operator', operator: 'assignComment', options: { ...parts, relative }, ...place }
    }
    default:
      return { type: 'operator', operator: token.assignment, options: { relative }, ...place }
  }
}
