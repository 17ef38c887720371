import { Node } from '../tree/node.ts'
import { iterateDocuments } from './read.ts'

/**
 * Parses a text that is a value in a document or an expression, as yq does for CSV cells and dates. A string is the whole
 * text unchanged. A comment before the value becomes the value's own.
 *
 * @throws YqFault when the text is not YAML
 */
export function parseSnippet(text: string): Node {
  if (text === '') return new Node('scalar', '!!null')
  const [node] = iterateDocuments(text)
  if (node === undefined) return new Node('scalar', '!!null')
  const leading = node.document?.leadingContent ?? ''
  if (node.kind === 'scalar') node.lineComment = leading
  else node.headComment = leading
  node.document = undefined
  if (node.tag === '!!str') {
    const whole = new Node('scalar', '!!str', text)
    whole.lineComment = node.lineComment
    return whole
  }
  node.line = 0
  node.column = 0
  return node
}
