import { takeNodes, takeText } from '../budget/node-budget.ts'
import type { Context } from '../evaluator/context.ts'
import { evaluationFault } from '../evaluator/evaluation-fault.ts'
import { replacementOf } from './make-node.ts'
import { pathText } from '../tree/path-text.ts'
import type { Operation } from '../expression/ast.ts'
import { parseFloat64 } from '../go/floats.ts'
import { parseNotation } from '../go/integers.ts'
import { toLower, toUpper } from '../go/letter-case.ts'
import { trimSpace } from '../go/white-space.ts'
import { appendContent } from '../tree/children.ts'
import { Node, Style } from '../tree/node.ts'
import { realTag } from '../tree/real-tag.ts'
import { yamlText } from './yaml-text.ts'

/** Joins the items of each list with the argument between them. */
export function join(context: Context, { argument }: Operation<'join'>): Context {
  const separator = context.asReadOnly().evaluate(argument).nodes[0]?.value ?? ''
  return context.with(
    context.nodes.map((node) => {
      if (node.kind !== 'sequence') {
        throw evaluationFault(`cannot join with ${node.tag}, can only join arrays of scalars`)
      }
      const parts = node.content.map((item) => (item.tag === '!!null' ? '' : item.value))
      takeText(parts.reduce((sum, part) => sum + part.length + separator.length, 0))
      return replacementOf(node, 'scalar', '!!str', parts.join(separator))
    }),
  )
}

/** Splits each string; nulls have no result. */
export function split(context: Context, { argument }: Operation<'split'>): Context {
  const separator = context.asReadOnly().evaluate(argument).nodes[0]?.value ?? ''
  return context.with(
    context.nodes.flatMap((node) => {
      if (node.tag === '!!null') return []
      if (realTag(node) !== '!!str') {
        throw evaluationFault(`cannot split ${node.tag}, can only split strings`)
      }
      const list = replacementOf(node, 'sequence', '!!seq')
      appendContent(list, splitText(node.value, separator))
      return list
    }),
  )
}

/** The parts between separators; the characters for an empty separator, nothing for an empty text. */
export function splitText(text: string, separator: string): Node[] {
  if (text === '') return []
  const parts = separator === '' ? Array.from(text) : text.split(separator)
  takeNodes(parts.length)
  return parts.map((part) => new Node('scalar', '!!str', part))
}

export function trim(context: Context): Context {
  return changeText(context, 'trim', trimSpace)
}

export function changeCase(context: Context, { upper }: Operation<'changeCase'>): Context {
  return changeText(context, 'change case with', upper ? toUpper : toLower)
}

function changeText(context: Context, verb: string, change: (text: string) => string): Context {
  return context.with(
    context.nodes.map((node) => {
      if (realTag(node) !== '!!str') {
        throw evaluationFault(`cannot ${verb} ${node.tag}, can only operate on strings. `)
      }
      const changed = replacementOf(node, 'scalar', node.tag, change(node.value))
      changed.style = node.style
      return changed
    }),
  )
}

/** Strings are unchanged; other scalars and the YAML of collections become quoted strings. */
export function toText(context: Context): Context {
  return context.with(
    context.nodes.map((node) => {
      const text = node.kind === 'scalar' || node.tag === '!!str' ? node.value : yamlText(context, node)
      const result = replacementOf(node, 'scalar', '!!str', text)
      if (node.tag !== '!!str') result.style = Style.double
      return result
    }),
  )
}

export function toNumber(context: Context): Context {
  return context.with(
    context.nodes.map((node) => {
      const place = `at path ${pathText(node)} of tag ${node.tag} to number`
      if (node.kind !== 'scalar') throw evaluationFault(`cannot convert node ${place}`)
      if (node.tag === '!!int' || node.tag === '!!float') return node
      if (parseNotation(node.value).ok) return replacementOf(node, 'scalar', '!!int', node.value)
      if (parseFloat64(node.value).ok) return replacementOf(node, 'scalar', '!!float', node.value)
      throw evaluationFault(`cannot convert node value [${node.value}] ${place}`)
    }),
  )
}
