import type { Context } from '../evaluator/context.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import { booleanFor, integerNode, replacementOf } from './make-node.ts'
import type { Operation } from '../expression/ast.ts'
import { byteLength } from '../go/byte-text.ts'
import { mapEntries } from '../tree/children.ts'
import type { Kind, Node } from '../tree/node.ts'
import { documentOf } from '../tree/path.ts'
import { listOf } from './collect.ts'

const KIND_NAMES: Readonly<Record<Kind, string>> = {
  mapping: 'map',
  sequence: 'seq',
  scalar: 'scalar',
  alias: 'alias',
}

/** Entries of a map, items of a list, bytes of a scalar. */
export function length(context: Context): Context {
  return describe(context, '!!int', (node) => {
    if (node.kind === 'mapping') return node.content.length / 2
    if (node.kind === 'sequence') return node.content.length
    return node.kind === 'scalar' && node.tag !== '!!null' ? byteLength(node.value) : 0
  })
}

export function line(context: Context): Context {
  return describe(context, '!!int', (node) => node.line)
}

export function column(context: Context): Context {
  return describe(context, '!!int', (node) => node.column)
}

export function kind(context: Context): Context {
  return describe(context, '!!str', (node) => KIND_NAMES[node.kind])
}

export function documentIndex(context: Context): Context {
  return describe(context, '!!int', (node) => documentOf(node)?.index ?? 0)
}

export function fileName(context: Context): Context {
  return describe(context, '!!str', (node) => documentOf(node)?.fileName ?? '')
}

export function fileIndex(context: Context): Context {
  return describe(context, '!!int', (node) => documentOf(node)?.fileIndex ?? 0)
}

function describe(context: Context, tag: string, read: (node: Node) => string | number): Context {
  return context.with(context.nodes.map((node) => replacementOf(node, 'scalar', tag, String(read(node)))))
}

export function isKey(context: Context): Context {
  return context.with(context.nodes.map((node) => booleanFor(node, node.isMapKey)))
}

export function key(context: Context): Context {
  return context.with(context.nodes.flatMap((node) => node.key ?? []))
}

/** The keys of a map or the indices of a list, as a list. */
export function keys(context: Context): Context {
  return context.with(
    context.nodes.map((node) => {
      if (node.kind === 'mapping') return listOf(Array.from(mapEntries(node), ([name]) => name))
      if (node.kind === 'sequence') return listOf(node.content.map((_, index) => integerNode(index)))
      throw evaluationFault(`cannot get keys of ${node.tag}, keys only works for maps and arrays`)
    }),
  )
}

/** The node `level` steps up; negative levels count from the root, which is -1. */
export function parent(context: Context, { level }: Operation<'parent'>): Context {
  return context.with(
    context.nodes.flatMap((node) => {
      const steps = level < 0 ? Math.max(0, ancestorsOf(node).length + level + 1) : level
      let found: Node | undefined = node
      for (let step = 0; step < steps && found !== undefined; step++) found = found.parent
      return found ?? []
    }),
  )
}

/** A list of all ancestors, the nearest first. */
export function parents(context: Context): Context {
  return context.with(context.nodes.map((node) => listOf(ancestorsOf(node))))
}

function ancestorsOf(node: Node): Node[] {
  const ancestors: Node[] = []
  for (let above = node.parent; above !== undefined; above = above.parent) ancestors.push(above)
  return ancestors
}

/** Makes each match a document: renumbers them and detaches them from their parents. */
export function splitDocument(context: Context): Context {
  for (const [index, node] of context.nodes.entries()) {
    node.document = { fileIndex: 0, fileName: '', leadingContent: '', ...node.document, index }
    node.parent = undefined
  }
  return context
}
