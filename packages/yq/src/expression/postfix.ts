import { operatorName } from '../operators/operator-name.ts'
import { operators } from '../operators/table.ts'
import type { SourceRange } from './ast.ts'
import { type ExpressionSource, syntaxFault } from './syntax-fault.ts'
import type { Bracket, BracketToken, OperatorToken, Reading, Token } from './token.ts'

const OPENER: Readonly<Partial<Record<Bracket, Bracket>>> = { ')': '(', ']': '[', '}': '{' }
const CLOSER: Readonly<Partial<Record<Bracket, Bracket>>> = { '(': ')', '[': ']', '{': '}' }

export interface Postfix {
  /** Operators after their operands. */
  readonly operators: readonly OperatorToken[]
  /** The end of each bracket, by its start. */
  readonly brackets: ReadonlyMap<number, number>
}

/**
 * Converts to postfix order with the shunting-yard algorithm. Operators of equal precedence stay on the stack, so that
 * everything is right-associative. Throws a fault `expression-invalid` when brackets do not match.
 */
export function toPostfix(source: ExpressionSource, tokens: readonly Token[]): Postfix {
  const output: OperatorToken[] = []
  const waiting: Token[] = [outerBracket('(', 0)]
  const brackets = new Map<number, number>()
  let surplus: BracketToken | undefined
  for (const token of [...tokens, outerBracket(')', source.text.length)]) {
    if (token.type === 'operator') {
      const { binding } = operators[token.operator]
      release(waiting, output, (other) => operators[other.operator].binding > binding)
      waiting.push(token)
    } else if (OPENER[token.bracket] === undefined) {
      waiting.push(token)
    } else {
      const opener = openerOf(source, token, release(waiting, output), surplus)
      waiting.pop()
      if (opener.text !== '') brackets.set(opener.range.start, token.range.end)
      else if (token.text !== '') surplus ??= token
      if (token.bracket !== ')') addCollection(opener, token, waiting, output)
    }
  }
  const left = waiting.at(-1)
  if (left !== undefined) throw leftOpen(source, waiting, left)
  return { operators: output, brackets }
}

/** yq adds a pair of brackets around the whole expression, which explains its messages about missing ones. */
function outerBracket(bracket: '(' | ')', offset: number): BracketToken {
  return { type: 'bracket', bracket, optional: false, text: '', range: { start: offset, end: offset } }
}

/** Moves operators from the stack to the output while `released` is true; returns the top of the stack. */
function release(
  waiting: Token[],
  output: OperatorToken[],
  released: (token: OperatorToken) => boolean = () => true,
): Token | undefined {
  let top = waiting.at(-1)
  while (top?.type === 'operator' && released(top)) {
    output.push(top)
    waiting.pop()
    top = waiting.at(-1)
  }
  return top
}

function openerOf(
  source: ExpressionSource,
  closer: BracketToken,
  opener: Token | undefined,
  surplus: BracketToken | undefined,
): BracketToken {
  if (opener?.type !== 'bracket') {
    const yqMessage =
      closer.bracket === ')'
        ? 'bad expression, got close brackets without matching opening bracket'
        : 'bad path expression, got close collect brackets without matching opening bracket'
    throw unopened(source, surplus ?? closer, yqMessage)
  }
  if (opener.bracket === OPENER[closer.bracket]) return opener
  const yqMessage = `bad expression, could not find matching \`${CLOSER[opener.bracket] ?? ''}\``
  throw opener.text === '' ? unopened(source, closer, yqMessage) : unclosed(source, opener, yqMessage)
}

function leftOpen(source: ExpressionSource, waiting: readonly Token[], left: Token): Error {
  const yqMessage = `bad expression - probably missing close bracket on ${left.type === 'operator' ? operatorName(left) : left.text || '('}`
  const opener = waiting.findLast((token) => token.type === 'bracket' && token.text !== '')
  return unclosed(source, opener?.type === 'bracket' ? opener : firstBracket(source), yqMessage)
}

/** When the implied outer bracket is left over, the user's first bracket is the unclosed one. */
function firstBracket({ text }: ExpressionSource): BracketToken {
  const start = Math.max(0, text.indexOf('('))
  return { type: 'bracket', bracket: '(', optional: false, text: '(', range: { start, end: start + 1 } }
}

/** Adds the operator of a pair of brackets: `[…]` creates a list, `{…}` a map, and `[…]` after a value indexes it. */
function addCollection(
  opener: BracketToken,
  closer: BracketToken,
  waiting: Token[],
  output: OperatorToken[],
): void {
  const range = { start: opener.range.start, end: closer.range.end }
  if (closer.bracket === ']') {
    output.push(implied({ operator: 'collect', options: {} }, range))
  } else {
    output.push(implied({ operator: 'collectObject', options: {} }, range))
    output.push(implied({ operator: 'step', options: {} }, range))
  }
  const indexing = waiting.at(-1)
  if (indexing?.type === 'operator' && indexing.operator === 'index') {
    waiting.pop()
    output.push({ ...indexing, options: { optional: closer.optional }, range })
  }
}

function implied(reading: Reading, range: SourceRange): OperatorToken {
  return { type: 'operator', ...reading, text: '', range }
}

function unclosed(source: ExpressionSource, opener: BracketToken, yqMessage: string): Error {
  const closer = CLOSER[opener.bracket] ?? ''
  return syntaxFault(source, opener.range, `this "${opener.text}" has no matching "${closer}"`, yqMessage)
}

function unopened(source: ExpressionSource, closer: BracketToken, yqMessage: string): Error {
  const opener = OPENER[closer.bracket] ?? ''
  return syntaxFault(source, closer.range, `this "${closer.text}" has no "${opener}" before it`, yqMessage)
}
