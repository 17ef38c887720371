import { requireTextLength, takeSteps } from '../budget/node-budget.ts'
import type { Context, Run } from '../evaluator/context.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import { booleanFor, replacementOf } from './make-node.ts'
import type { Expression, Operation } from '../expression/ast.ts'
import { attachItem, attachPair } from '../formats/attach.ts'
import { byteLength } from '../go/byte-text.ts'
import {
  byteOffset,
  type Match,
  RegularExpression,
  RegularExpressionError,
  type Span,
} from '../go/regular-expression.ts'
import { Node } from '../tree/node.ts'
import { realTag } from '../tree/real-tag.ts'

const HINT = "Hint: Most often you'll want to use '|=' over '=' for this operation"

/** `match(exp)`, `match(exp; "g")`: one map for each match, with byte offsets and the captures. */
export function match(context: Context, { argument }: Operation<'match'>): Context {
  const { expression, isGlobal } = matchArguments(context, argument)
  return context.with(
    context.nodes.flatMap((node) =>
      matchesIn(matchable(node, expression), expression, isGlobal).map((found) =>
        matchNode(node, expression, found),
      ),
    ),
  )
}

/** `capture(exp)`: one map for each match, from group names to captured text. */
export function capture(context: Context, { argument }: Operation<'capture'>): Context {
  const { expression, isGlobal } = matchArguments(context, argument)
  return context.with(
    context.nodes.flatMap((node) =>
      matchesIn(matchable(node, expression), expression, isGlobal).map((found) =>
        captureNode(node, expression, found),
      ),
    ),
  )
}

/** `test(exp)`: whether there is a match. */
export function test(context: Context, { argument }: Operation<'test'>): Context {
  const { expression } = matchArguments(context, argument)
  return context.with(
    context.nodes.map((node) => booleanFor(node, expression.test(matchable(node, expression).value))),
  )
}

/**
 * `sub(exp; replacement)`: replaces every match; `$1` and `${name}` in the replacement are groups. yq accepts any binary
 * operator instead of `;`, such as a comma, and uses the match itself for a missing side.
 */
export function substitute(context: Context, { argument }: Operation<'substitute'>): Context {
  const [match] = context.nodes
  const own = match?.value ?? ''
  const right = 'right' in argument ? argument.right : 'argument' in argument ? argument.argument : undefined
  const source = 'left' in argument ? firstText(context, argument.left) : own
  const replacement = right === undefined ? own : firstText(context, right)
  const expression = compiledIn(context.run, source)
  return context.with(
    context.nodes.map((node) => {
      if (realTag(node) !== '!!str') {
        throw evaluationFault(`cannot substitute with ${node.tag}, can only substitute strings. ${HINT}`)
      }
      takeSteps(node.value.length * expression.cost)
      return replacementOf(node, 'scalar', '!!str', expression.replaceAll(node.value, replacement, onGrowth))
    }),
  )
}

/** The fixed cost of one match, in steps of the budget. */
const STEPS_PER_MATCH = 25

function onGrowth(length: number): void {
  takeSteps(STEPS_PER_MATCH)
  requireTextLength(length)
}

interface MatchArguments {
  readonly expression: RegularExpression
  readonly isGlobal: boolean
}

/** The regular expression, and the flags after `;` (only `g`). */
function matchArguments(context: Context, argument: Expression): MatchArguments {
  const hasLetters = argument.operator === 'block'
  const letters = hasLetters ? (context.evaluate(argument.right).nodes[0]?.value ?? '') : ''
  const others = letters.replaceAll('g', '')
  if (others.includes('i')) {
    throw evaluationFault(
      `'i' is not a valid option for match. To ignore case, use an expression like match("(?i)cat")`,
    )
  }
  if (others !== '') {
    throw evaluationFault(
      `unrecognised match params '${others}', please see docs at https://mikefarah.gitbook.io/yq/operators/string-operators`,
    )
  }
  const source = firstText(context, hasLetters ? argument.left : argument)
  return { expression: compiledIn(context.run, source), isGlobal: letters.includes('g') }
}

/** The text of an argument's first result, without creating nodes; '' when it has none. */
function firstText(context: Context, argument: Expression): string {
  return context.asReadOnly().evaluate(argument).nodes[0]?.value ?? ''
}

const compiled = new WeakMap<Run, Map<string, RegularExpression>>()
const MAX_COMPILED = 100

/** Compiles a regular expression once per run, because it may be tested on every string of a document. */
function compiledIn(run: Run, source: string): RegularExpression {
  const known = compiled.get(run) ?? new Map<string, RegularExpression>()
  compiled.set(run, known)
  const found = known.get(source)
  if (found !== undefined) return found
  try {
    const expression = new RegularExpression(source)
    if (known.size >= MAX_COMPILED) known.clear()
    known.set(source, expression)
    return expression
  } catch (error) {
    throw error instanceof RegularExpressionError ? evaluationFault(error.message) : error
  }
}

/** Checks that the node is a string, and counts the cost of searching it. */
function matchable(node: Node, { cost }: RegularExpression): Node {
  takeSteps(node.value.length * cost)
  if (realTag(node) === '!!str') return node
  throw evaluationFault(`cannot match with ${node.tag}, can only match strings. ${HINT}`)
}

function matchesIn({ value }: Node, expression: RegularExpression, isGlobal: boolean): Match[] {
  if (isGlobal) return expression.findAll(value, () => takeSteps(STEPS_PER_MATCH))
  const found = expression.find(value)
  return found === undefined ? [] : [found]
}

function matchNode(owner: Node, expression: RegularExpression, found: Match): Node {
  const node = replacementOf(owner, 'mapping', '!!map')
  describe(node, owner.value, found)
  // yq's collections here have no tag.
  const captures = new Node('sequence')
  for (const [index, group] of found.groups.entries()) {
    const captured = new Node('mapping')
    describe(captured, owner.value, group)
    const name = expression.groupNames[index] ?? ''
    if (name !== '') attachText(captured, 'name', name)
    attachItem(captures, captured)
  }
  attachPair(node, new Node('scalar', '!!str', 'captures'), captures)
  return node
}

/** The matched text, its byte offset and its byte length. A group without a match is null at -1. */
function describe(mapping: Node, subject: string, span: Span | undefined): void {
  const text = span === undefined ? '' : subject.slice(span.start, span.end)
  const offset = span === undefined ? -1 : byteOffset(subject, span.start)
  attachPair(mapping, new Node('scalar', '!!str', 'string'), capturedNode(subject, span))
  attachPair(mapping, new Node('scalar', '!!str', 'offset'), new Node('scalar', '!!int', String(offset)))
  attachPair(
    mapping,
    new Node('scalar', '!!str', 'length'),
    new Node('scalar', '!!int', String(byteLength(text))),
  )
}

function capturedNode(subject: string, span: Span | undefined): Node {
  return span === undefined
    ? new Node('scalar', '!!null', 'null')
    : new Node('scalar', '!!str', subject.slice(span.start, span.end))
}

function captureNode(owner: Node, expression: RegularExpression, found: Match): Node {
  const node = replacementOf(owner, 'mapping', '!!map')
  for (const [index, group] of found.groups.entries()) {
    const key = new Node('scalar', '!!str', expression.groupNames[index] ?? '')
    attachPair(node, key, capturedNode(owner.value, group))
  }
  return node
}

function attachText(mapping: Node, key: string, value: string): void {
  attachPair(mapping, new Node('scalar', '!!str', key), new Node('scalar', '!!str', value))
}
