import { YqFault } from '../errors.ts'
import { hasInvalidUtf8 } from '../go/byte-text.ts'
import { type Node, Style } from '../tree/node.ts'
import { resolveTag } from '../tree/resolve-tag.ts'
import { BINARY_TAG, binaryText } from './binary-text.ts'
import type { EmitterState, Place } from './emitter-state.ts'
import { analyzeScalar, isSimplePlain, type ScalarAnalysis } from './scalar-analysis.ts'
import { chooseStyle, wantedStyle } from './scalar-style.ts'
import { printedTag, tagText } from './tag-text.ts'
import { writeBlockScalar, writeDoubleQuoted, writePlain, writeSingleQuoted } from './write-scalar.ts'

/** Prints a scalar or an alias, or opens a collection whose parts are printed by later steps. */
export function emitNode(emitter: EmitterState, node: Node, place: Place): void {
  if (node.kind === 'alias') {
    putAnchor(emitter, '*', node.value)
    return
  }
  if (node.kind === 'scalar' && emitString(emitter, node)) return
  const { tag, mustQuote } = printedTag(node, emitter.edition)
  if (node.kind === 'scalar') {
    emitScalar(emitter, node, tag, mustQuote, place)
    return
  }
  if (node.anchor !== '') putAnchor(emitter, '&', node.anchor)
  if (tag !== '') putTag(emitter, tag)
  emitter.frames.push({
    node,
    isFlow: emitter.flowLevel > 0 || (node.style & Style.flow) !== 0 || node.content.length === 0,
    isMapping: node.kind === 'mapping',
    place,
    outerIndent: emitter.indent,
    index: -1,
    isSimpleKey: false,
    hasComma: false,
    tail: '',
  })
}

/** Fast path for plain and double-quoted strings without anchor. Returns whether it printed the node. */
function emitString(emitter: EmitterState, { tag, style, anchor, value }: Node): boolean {
  if (tag !== '!!str' || anchor !== '') return false
  if (style === Style.plain && isSimplePlain(value, emitter.flowLevel > 0) && resolveTag(value) === '!!str')
    writePlain(emitter.output, value)
  else if (style === Style.double && !hasInvalidUtf8(value)) writeDoubleQuoted(emitter.output, value)
  else return false
  return true
}

function emitScalar(
  emitter: EmitterState,
  node: Node,
  inferredTag: string,
  mustQuote: boolean,
  { isSimpleKey }: Place,
): void {
  const { output } = emitter
  let tag = inferredTag
  let text = node.value
  let analysis: ScalarAnalysis = analyzeScalar(text)
  if (!analysis.allowsSingle && hasInvalidUtf8(text)) {
    text = binaryText(text, tag)
    tag = BINARY_TAG
    analysis = analyzeScalar(text)
  }
  const place = { isInFlow: emitter.flowLevel > 0, isSimpleKey }
  const style = chooseStyle(wantedStyle(node, mustQuote), text, analysis, place)
  if (node.anchor !== '') putAnchor(emitter, '&', node.anchor)
  if (tag !== '') putTag(emitter, tag)
  if (style === Style.plain) {
    writePlain(output, text)
  } else if (style === Style.double) {
    writeDoubleQuoted(output, text)
  } else {
    const indent = emitter.indent
    emitter.indent = emitter.deeper(emitter.frames.at(-1), true)
    if (style === Style.single) {
      writeSingleQuoted(output, text, emitter.indent)
    } else {
      writeBlockScalar(output, text, style, {
        indent: emitter.indent,
        indentHint: emitter.indentWidth,
        hintsLeadingBreaks: emitter.edition.hintsLeadingBreaks,
        endLine: () => endHeader(emitter),
      })
    }
    emitter.indent = indent
  }
}

function endHeader(emitter: EmitterState): void {
  if (emitter.comments.line === '' || !emitter.edition.keepsHeaderComments) emitter.output.breakLine()
  else emitter.comments.putLine(emitter.indent)
}

function putAnchor(emitter: EmitterState, indicator: '&' | '*', name: string): void {
  const what = indicator === '&' ? 'anchor' : 'alias'
  if (name === '') failToPrint(`${what} value must not be empty`)
  if (!ANCHOR_NAME.test(name)) failToPrint(`${what} value must contain valid characters only`)
  emitter.output.putIndicator(indicator + name)
}

function putTag(emitter: EmitterState, tag: string): void {
  emitter.output.putIndicator(tagText(tag))
}

/** Printable ASCII except blanks, `:` and flow indicators. */
const ANCHOR_NAME = /^[!-+\--9;-Z\\^-z|~]+$/

function failToPrint(message: string): never {
  throw new YqFault({
    code: 'evaluation-failed',
    message,
    yqMessage: `go-yaml dump error in emitter: ${message}`,
  })
}
