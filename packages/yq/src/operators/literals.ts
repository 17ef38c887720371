import { takeText } from '../budget/node-budget.ts'
import type { Context } from '../evaluator/context.ts'
import { innerRun } from './inner-run.ts'
import type { Operation } from '../expression/ast.ts'
import { Node } from '../tree/node.ts'
import { yamlText } from './yaml-text.ts'

/** A number, boolean or null as written, once for every match. */
export function literal(context: Context, { tag, text }: Operation<'literal'>): Context {
  const count = Math.max(1, context.nodes.length)
  return context.with(Array.from({ length: count }, () => new Node('scalar', tag, text)))
}

/** A string, with the results of each `\(…)` in it. */
export function text(context: Context, expression: Operation<'text'>): Context {
  if (!context.run.settings.interpolation) return context.withSingle(stringOf(expression.text))
  if (context.nodes.length === 0) return context.withSingle(stringOf(interpolate(context, expression)))
  return context.with(
    context.nodes.map((node) => stringOf(interpolate(context.withSingle(node), expression))),
  )
}

function stringOf(value: string): Node {
  takeText(value.length)
  return new Node('scalar', '!!str', value)
}

function interpolate(context: Context, expression: Operation<'text'>): string {
  const { text } = expression
  if (!text.includes('\\')) return text
  let result = ''
  let at = 0
  while (at < text.length) {
    const escape = text.slice(at, at + 2)
    if (escape === '\\(') {
      const inner = readExpression(text, at + 2)
      if (inner === undefined) return unclosed(context, expression)
      result += evaluateText(context, inner.expression, expression)
      at = inner.end
    } else {
      result += text.charAt(at)
      at += escape === '\\\\' ? 2 : 1
    }
  }
  return result
}

/** The expression from `start` to its closing bracket. `\)` and `\\` are escapes. */
function readExpression(text: string, start: number): { expression: string; end: number } | undefined {
  let expression = ''
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === ')' && depth === 0) return { expression, end: at + 1 }
    if (character === ')') depth--
    else if (character === '(') depth++
    const next = text.charAt(at + 1)
    if (character === '\\' && (next === ')' || next === '\\')) {
      expression += next
      at++
    } else {
      expression += character
    }
  }
  return undefined
}

/** The first result: a scalar's text, or the YAML of a collection. */
function evaluateText(context: Context, source: string, { range }: Operation<'text'>): string {
  const { run } = context
  const expression = run.compile(source)
  const inner = context.withRun(innerRun(run, range))
  const [first] = expression === undefined ? inner.nodes : inner.evaluate(expression).nodes
  if (first === undefined) return ''
  return first.kind === 'scalar' ? first.value : yamlText(context, first)
}

function unclosed({ run }: Context, { text, range }: Operation<'text'>): string {
  run.warn('interpolation-unclosed', 'this string has a "\\(" without ")", so it is not interpolated', range)
  return text
}
