import { operators } from '../operators/table.ts'
import type { Expression, SourceRange } from './ast.ts'
import { addImpliedTokens } from './implied-tokens.ts'
import { tokenize } from './lexer.ts'
import { findMisplaced, needs, needsArgument, NEXT_TO } from './misplaced-token.ts'
import { type Postfix, toPostfix } from './postfix.ts'
import { type ExpressionSource, syntaxFault } from './syntax-fault.ts'
import type { OperatorToken, Token } from './token.ts'

/**
 * Parses an expression of yq 4. Returns `undefined` for an empty one (only white space and comments), which does not
 * change documents. Throws a fault `expression-invalid` with the position, the problem, and yq's own message as
 * `yqMessage`.
 */
export function parse(source: ExpressionSource): Expression | undefined {
  const written = tokenize(source, (text) => parse({ file: source.file, text }))
  const tokens = addImpliedTokens(written)
  return buildTree(source, tokens, toPostfix(source, tokens))
}

/** Builds the tree: each operator takes the operands before it. */
function buildTree(
  source: ExpressionSource,
  tokens: readonly Token[],
  postfix: Postfix,
): Expression | undefined {
  const operands: Expression[] = []
  for (const token of postfix.operators) {
    const { arity } = operators[token.operator]
    if (arity === 0) {
      operands.push(node(token, {}, token.range))
    } else if (arity === 1) {
      const argument = operands.pop()
      if (argument === undefined) operands.push(withoutArgument(source, tokens, token))
      else operands.push(node(token, { argument }, callRange(source, token, argument, postfix)))
    } else {
      if (operands.length < 2) throw missingOperand(source, tokens, token, operands)
      const right = operands.pop()
      const left = operands.pop()
      if (left === undefined || right === undefined) break
      const range = cover(
        cover(bracketed(source, left, postfix), token.range),
        bracketed(source, right, postfix),
      )
      operands.push(node(token, { left, right }, range))
    }
  }
  const [tree, surplus] = operands
  if (surplus !== undefined) throw missingOperator(source, tokens, surplus)
  return tree
}

/** Creates a syntax tree node. TypeScript cannot derive the operands from the operator's row, hence the cast. */
function node(
  { operator, options }: OperatorToken,
  operands: { argument?: Expression; left?: Expression; right?: Expression },
  range: SourceRange,
): Expression {
  return { ...options, ...operands, operator, range } as Expression
}

/** The range of an operand, including its brackets. */
function bracketed({ text }: ExpressionSource, { range }: Expression, { brackets }: Postfix): SourceRange {
  let { start, end } = range
  for (;;) {
    const opener = text.slice(0, start).trimEnd().length - 1
    const closed = text[opener] === '(' ? brackets.get(opener) : undefined
    if (closed === undefined || text.slice(end, closed).trim() !== ')') return { start, end }
    start = opener
    end = closed
  }
}

/** The range of `select(…)`, up to its closing bracket. */
function callRange(
  { text }: ExpressionSource,
  token: OperatorToken,
  argument: Expression,
  { brackets }: Postfix,
): SourceRange {
  const range = cover(token.range, argument.range)
  let opener = token.range.end
  while (text[opener] === ' ') opener++
  return { start: range.start, end: Math.max(range.end, brackets.get(opener) ?? 0) }
}

function cover(a: SourceRange, b: SourceRange): SourceRange {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) }
}

/** Only `first` may have no argument. */
function withoutArgument(
  source: ExpressionSource,
  tokens: readonly Token[],
  token: OperatorToken,
): Expression {
  if (token.operator === 'first') return { operator: 'firstItem', range: token.range }
  const name = token.text.trim()
  const { range, message } = findMisplaced(tokens) ?? { range: token.range, message: needsArgument(name) }
  throw syntaxFault(source, range, message, `'${name}' expects 1 arg but received none`)
}

function missingOperand(
  source: ExpressionSource,
  tokens: readonly Token[],
  token: OperatorToken,
  operands: readonly Expression[],
): Error {
  const sign = token.text.trim()
  const [only] = operands
  const side = only !== undefined && only.range.start < token.range.start ? 'right' : 'left'
  const { range, message } = findMisplaced(tokens) ?? { range: token.range, message: needs(sign, side) }
  return syntaxFault(source, range, message, `'${sign}' expects 2 args but there is ${operands.length}`)
}

function missingOperator(source: ExpressionSource, tokens: readonly Token[], surplus: Expression): Error {
  const { range, message } = findMisplaced(tokens) ?? { range: surplus.range, message: NEXT_TO }
  const signed = /^[-+]/.test(source.text.slice(range.start))
  const hint = signed ? '+ - * / # and tabs can be part of a name: put spaces around operators' : undefined
  return syntaxFault(source, range, message, 'bad expression, please check expression syntax', hint)
}
