import type { Node } from '../tree/node.ts'

/** Null, a missing node, and booleans that do not say yes are false; everything else is true, also 0 and "". */
export function isTruthy(node: Node | undefined): boolean {
  if (node === undefined || node.tag === '!!null') return false
  if (node.kind !== 'scalar' || node.tag !== '!!bool') return true
  return ['true', 'yes', 'y', 'on'].includes(node.value.toLowerCase())
}

/** Whether any result of a predicate holds. */
export function anyTruthy(nodes: readonly Node[]): boolean {
  return nodes.some(isTruthy)
}
