import { printNode } from '../printer/print.ts'
import type { Node } from '../tree/node.ts'

/** A node as YAML without its last line breaks, as it goes into a string. */
export function yamlText(node: Node): string {
  return printNode(node).replace(/\n+$/, '')
}
