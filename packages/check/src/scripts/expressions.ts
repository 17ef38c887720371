import { type Expression, operandsOf } from '@overlay-render/yq'

import type { Step } from './paths.ts'

/** Every node of an expression, starting with itself. */
export function* nodesOf(expression: Expression): Generator<Expression> {
  const pending = [expression]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    yield node
    pending.push(...operandsOf(node).toReversed())
  }
}

/** The statements of a script: the parts of its outermost pipes. */
export function statementsOf(expression: Expression): Expression[] {
  const statements: Expression[] = []
  const pending = [expression]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.operator === 'pipe') pending.push(node.right, node.left)
    else statements.push(node)
  }
  return statements
}

/** The path of an expression that is a plain path, such as `.a["b"][2].c`; undefined for any other. */
export function literalPath(expression: Expression): Step[] | undefined {
  const path: Step[] = []
  const pending = [expression]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.operator === 'step') pending.push(node.right, node.left)
    else if (node.operator === 'index') {
      const step = indexOf(node.right)
      if (step === undefined) return undefined
      const before = node.left.operator === 'self' ? [] : literalPath(node.left)
      if (before === undefined) return undefined
      path.push(...before, step)
    } else if (node.operator === 'name' && !/[*?]/u.test(node.name)) path.push(node.name)
    else return undefined
  }
  return path
}

/** The index in brackets, if it is one number or one text. */
function indexOf(expression: Expression): Step | undefined {
  const inner = expression.operator === 'collect' ? expression.argument : expression
  if (inner.operator === 'text') return isConstantText(inner.text) ? inner.text : undefined
  return inner.operator === 'literal' && /^\d+$/u.test(inner.text) ? Number(inner.text) : undefined
}

function isConstantText(text: string): boolean {
  return !text.includes('\\(')
}

const OF_CONSTANTS: ReadonlySet<string> = new Set([
  'literal',
  'collect',
  'collectObject',
  'step',
  'entry',
  'union',
  'empty',
])

/** Whether an expression is a constant: it reads nothing of the document. */
export function isConstant(expression: Expression): boolean {
  return [...nodesOf(expression)].every((node) =>
    node.operator === 'text' ? isConstantText(node.text) : OF_CONSTANTS.has(node.operator),
  )
}

const OF_NAMES: ReadonlySet<string> = new Set([
  ...OF_CONSTANTS,
  'assign',
  'index',
  'select',
  'equals',
  'notEquals',
  'compare',
  'and',
  'or',
  'not',
  'pipe',
  'add',
  'subtract',
  'delete',
  'has',
  'test',
  'alternative',
])

/** The keys that an expression reads; undefined when it may read anything. */
export function namesRead(expression: Expression): ReadonlySet<string> | undefined {
  const names = new Set<string>()
  for (const node of nodesOf(expression)) {
    if (node.operator === 'name') {
      if (/[*?]/u.test(node.name)) return undefined
      names.add(node.name)
    } else if (node.operator === 'text') {
      if (!isConstantText(node.text)) return undefined
      names.add(node.text)
    } else if (!OF_NAMES.has(node.operator)) return undefined
  }
  return names
}
