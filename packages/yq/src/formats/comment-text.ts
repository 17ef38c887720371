import type { Node } from '../tree/node.ts'

/** The comments of a node for formats that mark comments their own way: the first `#` of each is taken off. */
export function headText(node: Node): string {
  return node.headComment.replace('#', '')
}

export function lineText(node: Node): string {
  return node.lineComment.replace('#', '')
}

export function footText(node: Node): string {
  return node.footComment.replace('#', '')
}

export function headAndLineText(node: Node): string {
  return headText(node) + lineText(node)
}
