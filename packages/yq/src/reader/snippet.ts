import { Node } from '../tree/node.ts'
import { iterateDocuments } from './read.ts'

/**
 * The value that a short text of a document or of an expression stands for, as yq reads cells of CSV and dates: a
 * string is the whole text as it is, comments in front go to the value itself.
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
