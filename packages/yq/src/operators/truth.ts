import type { Node } from '../tree/node.ts'

/** Null, a missing node and false are falsy; everything else is truthy, including 0 and "". */
export function isTruthy(node: Node | undefined): boolean {
  if (node === undefined || node.tag === '!!null') return false
  if (node.kind !== 'scalar' || node.tag !== '!!bool') return true
  return ['true', 'yes', 'y', 'on'].includes(node.value.toLowerCase())
}

/** Whether any node is truthy. */
export function anyTruthy(nodes: readonly Node[]): boolean {
  return nodes.some(isTruthy)
}
