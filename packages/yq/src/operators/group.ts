import type { Context } from '../evaluator/context.ts'
import { edit } from '../evaluator/edit.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import { replacementOf, replacementWithComments } from './make-node.ts'
import type { Expression, Operation } from '../expression/ast.ts'
import { appendContent, appendItem, appendPair, stringNode } from '../tree/children.ts'
import { Node } from '../tree/node.ts'
import { listOf } from './collect.ts'
import { yamlText } from './yaml-text.ts'

export function unique(context: Context): Context {
  return firstOfEach(context, undefined)
}

export function uniqueBy(context: Context, { argument }: Operation<'uniqueBy'>): Context {
  return firstOfEach(context, argument)
}

/** The first item for each value of the criterion; scalars are compared as text, so `1` and `"1"` are equal. */
function firstOfEach(context: Context, criterion: Expression | undefined): Context {
  return context.with(
    context.nodes.map((node) => {
      requireList(node, 'unique')
      const found = new Map<string, Node>()
      for (const item of node.content) {
        const value = valueOf(context, item, criterion)
        const text = value === undefined || value.kind === 'scalar' ? textOf(value) : yamlText(context, value)
        if (!found.has(text)) found.set(text, item)
      }
      const list = replacementWithComments(node, 'sequence', '!!seq', node.style)
      appendContent(list, [...found.values()])
      return list
    }),
  )
}

function valueOf(context: Context, item: Node, criterion: Expression | undefined): Node | undefined {
  return criterion === undefined ? item : context.withSingleReadOnly(item).evaluate(criterion).nodes[0]
}

function textOf(node: Node | undefined): string {
  return node?.value ?? 'null'
}

/** A list of groups, in order of appearance. Maps and lists as criterion are all in one group. */
export function groupBy(context: Context, { argument }: Operation<'groupBy'>): Context {
  return context.with(
    context.nodes.map((node) => {
      requireList(node, 'group by')
      const groups = new Map<string, Node[]>()
      for (const item of node.content) {
        const text = textOf(valueOf(context, item, argument))
        const group = groups.get(text)
        if (group === undefined) groups.set(text, [item])
        else group.push(item)
      }
      const result = replacementOf(node, 'sequence', '!!seq')
      for (const group of groups.values()) appendItem(result, listOf(group))
      return result
    }),
  )
}

function requireList(node: Node, operator: string): void {
  if (node.kind !== 'sequence') throw evaluationFault(`only arrays are supported for ${operator}`)
}

/** Replaces lists in a list by their items, in place. */
export function flatten(context: Context, { depth }: Operation<'flatten'>): Context {
  for (const node of context.nodes) {
    requireList(node, 'flatten')
    edit(context, node, () => flattenList(node, depth))
  }
  return context
}

function flattenList(node: Node, depth: number): void {
  const items: Node[] = []
  const open = node.content.toReversed().map((item) => ({ item, left: depth }))
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { item, left } = next
    if (left === 0 || item.kind !== 'sequence') items.push(item)
    else for (const child of item.content.toReversed()) open.push({ item: child, left: left - 1 })
  }
  node.content = []
  appendContent(node, items)
}

/** Turns rows into columns: a list of lists into another, a list of maps into a map of lists. */
export function pivot(context: Context): Context {
  return context.with(
    context.nodes.map((node) => {
      if (node.tag !== '!!seq') throw evaluationFault(`cannot pivot node of type ${node.tag}`)
      const tag = commonTag(node)
      if (tag === '!!seq') return pivotLists(node)
      if (tag === '!!map') return pivotMaps(node)
      throw evaluationFault(`can only pivot elements of !!seq or !!map types, received ${tag}`)
    }),
  )
}

function commonTag({ content }: Node): string {
  const tag = content[0]?.tag ?? ''
  const other = content.find((item) => item.tag !== tag)
  if (other === undefined) return tag
  throw evaluationFault(`sequence contains elements of ${tag} and ${other.tag} types`)
}

function pivotLists(rows: Node): Node {
  const columns: Node[][] = []
  for (const [position, row] of rows.content.entries()) {
    for (const [index, cell] of row.content.entries()) {
      addCell((columns[index] ??= []), position, cell)
    }
  }
  const result = new Node('sequence')
  for (const column of columns) appendItem(result, columnOf(column, rows.content.length))
  return result
}

function pivotMaps(rows: Node): Node {
  const columns = new Map<string, Node[]>()
  for (const [position, row] of rows.content.entries()) {
    for (let index = 0; index + 1 < row.content.length; index += 2) {
      const name = row.content[index]?.value ?? ''
      const column = columns.get(name) ?? []
      columns.set(name, column)
      const cell = row.content[index + 1]
      if (cell !== undefined) addCell(column, position, cell)
    }
  }
  const result = new Node('mapping')
  for (const [name, column] of columns) {
    const key = stringNode(name)
    key.tag = '!!str'
    appendPair(result, key, columnOf(column, rows.content.length))
  }
  return result
}

function addCell(column: Node[], position: number, cell: Node): void {
  padColumn(column, position)
  column.push(cell)
}

/** yq's pivot creates lists without a tag. */
function columnOf(cells: Node[], length: number): Node {
  padColumn(cells, length)
  const column = new Node('sequence')
  appendContent(column, cells)
  return column
}

function padColumn(column: Node[], length: number): void {
  while (column.length < length) column.push(new Node('scalar', '!!null'))
}
