import { YqFault } from '../errors.ts'
import { parseSnippet } from '../reader/snippet.ts'
import type { Node } from './node.ts'

/** The type of a node: its tag, or for a custom tag the inferred tag of its text. */
export function realTag(node: Node): string {
  if (node.tag.startsWith('!!') || node.value === '') return node.tag
  try {
    return parseSnippet(node.value).tag
  } catch (error) {
    if (error instanceof YqFault) return node.tag
    throw error
  }
}
