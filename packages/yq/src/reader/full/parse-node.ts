import { Style } from '../../tree/node.ts'
import type { Properties } from './composer.ts'
import { parseFirstBlockEntry, parseFirstBlockKey, parseIndentlessEntry } from './parse-block.ts'
import { parseFirstFlowItem, parseFirstFlowKey } from './parse-flow.ts'
import type { Parser } from './parser.ts'
import { type ScannedToken, Token } from './token.ts'

export function parseBlockNode(parser: Parser): void {
  parseNode(parser, true, false)
}

/**
 * Parses a node with its properties.
 *
 * @param allowsIndentless whether the `-` of a sequence may be at the column of its key
 */
export function parseNode(parser: Parser, inBlock: boolean, allowsIndentless: boolean): void {
  let token = parser.scanner.peek()
  if (token.type === Token.alias) {
    parser.leave()
    parser.composer.addAlias(token)
    parser.scanner.skip()
    return
  }
  let properties: Properties | undefined
  if (token.type === Token.anchor || token.type === Token.tag) {
    properties = parseProperties(parser, token)
    token = parser.scanner.peek()
  }
  if (token.type === Token.scalar) {
    parser.leave()
    parser.composer.addScalar(token, properties)
    parser.scanner.skip()
  } else if (!startCollection(parser, token, properties, inBlock, allowsIndentless)) {
    const start = properties?.start ?? token
    if (properties === undefined) {
      const context = inBlock ? 'while parsing a block node' : 'while parsing a flow node'
      parser.fail('did not find expected node content', token, context, start)
    }
    parser.leave()
    parser.composer.addEmpty(start, properties)
  }
}

function startCollection(
  parser: Parser,
  token: ScannedToken,
  properties: Properties | undefined,
  inBlock: boolean,
  allowsIndentless: boolean,
): boolean {
  const { composer } = parser
  if (token.type === Token.blockEntry && allowsIndentless) {
    parser.state = parseIndentlessEntry
    composer.startCollection('sequence', Style.plain, token, properties)
  } else if (token.type === Token.flowSequenceStart) {
    parser.state = parseFirstFlowItem
    composer.startCollection('sequence', Style.flow, token, properties)
  } else if (token.type === Token.flowMappingStart) {
    parser.state = parseFirstFlowKey
    composer.startCollection('mapping', Style.flow, token, properties)
  } else if (token.type === Token.blockSequenceStart && inBlock) {
    parser.state = parseFirstBlockEntry
    composer.startCollection('sequence', Style.plain, token, properties, parser.scanner.comments.takeStem())
  } else if (token.type === Token.blockMappingStart && inBlock) {
    parser.state = parseFirstBlockKey
    composer.startCollection('mapping', Style.plain, token, properties, parser.scanner.comments.takeStem())
  } else {
    return false
  }
  return true
}

/** Parses an anchor, a tag, or both in either order. */
function parseProperties(parser: Parser, first: ScannedToken): Properties {
  let anchor = ''
  let tag: ScannedToken | undefined
  let end = first.end
  let token = first
  for (let count = 0; count < 2; count++) {
    if (token.type === Token.anchor && anchor === '') anchor = token.value
    else if (token.type === Token.tag && tag === undefined) tag = token
    else break
    end = token.end
    parser.scanner.skip()
    token = parser.scanner.peek()
  }
  return { anchor, tag: tag === undefined ? '' : parser.handles.resolve(tag, first), start: first, end }
}
