import type { Node } from '../tree/node.ts'

/** The comments of a node without their first `#`, for formats with other comment markers. */
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
