import type { Context } from '../evaluator/context.ts'
import { edit } from '../evaluator/edit.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import { replacementOf } from './make-node.ts'
import type { Operation } from '../expression/ast.ts'
import { type Node, Style } from '../tree/node.ts'
import { findTargets } from './assign.ts'

const STYLES: ReadonlyMap<string, number> = new Map([
  ['', Style.plain],
  ['tagged', Style.tagged],
  ['double', Style.double],
  ['single', Style.single],
  ['literal', Style.literal],
  ['folded', Style.folded],
  ['flow', Style.flow],
])
const STYLE_NAMES: ReadonlyMap<number, string> = new Map([...STYLES].map(([name, style]) => [style, name]))

export function style(context: Context): Context {
  // A node that is tagged and quoted has two styles, and yq has no name for the combination.
  return readText(context, (node) => STYLE_NAMES.get(node.style) ?? '<unknown>')
}

export function tag(context: Context): Context {
  return readText(context, (node) => node.tag)
}

export function anchor(context: Context): Context {
  return readText(context, (node) => node.anchor)
}

/** The name of an alias; for other nodes yq returns their text. */
export function alias(context: Context): Context {
  return readText(context, (node) => node.value)
}

export function assignStyle(context: Context, expression: Operation<'assignStyle'>): Context {
  return writeText(context, expression, Style.plain as number, readStyle, (node, value) => {
    node.style = value
  })
}

export function assignTag(context: Context, expression: Operation<'assignTag'>): Context {
  return writeText(context, expression, '', textOf, (node, value) => {
    node.tag = value
  })
}

export function assignAnchor(context: Context, expression: Operation<'assignAnchor'>): Context {
  return writeText(context, expression, '', textOf, (node, value) => {
    node.anchor = value
  })
}

/** Converts the node to an alias, whether or not the anchor exists. */
export function assignAlias(context: Context, expression: Operation<'assignAlias'>): Context {
  return writeText(context, expression, '', textOf, (node, value) => {
    if (value === '') return
    node.kind = 'alias'
    node.value = value
  })
}

function readText(context: Context, read: (node: Node) => string): Context {
  return context.with(context.nodes.map((node) => replacementOf(node, 'scalar', '!!str', read(node))))
}

/** Without a result on the right side, the previous match's value is used. */
function writeText<Value>(
  context: Context,
  expression: Operation<'assignStyle' | 'assignTag' | 'assignAnchor' | 'assignAlias'>,
  initial: Value,
  read: (node: Node) => Value,
  write: (node: Node, value: Value) => void,
): Context {
  const { left, right, relative } = expression
  let value = initial
  const readFrom = (source: Context): void => {
    const [first] = source.evaluate(right).nodes
    if (first !== undefined) value = read(first)
  }
  if (!relative) readFrom(context.asReadOnly())
  for (const node of findTargets(context, left, expression).nodes) {
    if (relative) readFrom(context.withSingleReadOnly(node))
    edit(context, node, () => write(node, value), 'node')
  }
  return context
}

function textOf(node: Node): string {
  return node.value
}

function readStyle({ value }: Node): number {
  const known = STYLES.get(value)
  if (known === undefined) throw evaluationFault(`unknown style ${value}`)
  return known
}
