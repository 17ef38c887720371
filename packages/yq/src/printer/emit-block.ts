import { type Node, Style } from '../tree/node.ts'
import { emitNode } from './emit-node.ts'
import { ALONE, COMPLEX_KEY, type EmitterState, type Frame, SIMPLE_KEY, VALUE } from './emitter-state.ts'
import { isSimpleKey } from './simple-key.ts'
import { printedTag } from './tag-text.ts'

export function emitBlockItem(emitter: EmitterState, frame: Frame, item: Node): void {
  emitter.comments.take(item, item.footComment)
  openBlock(emitter, frame)
  frame.index++
  emitter.comments.putHead(emitter.indent)
  emitter.output.indentTo(emitter.indent)
  emitter.output.putBlockIndicator('-')
  emitNode(emitter, item, ALONE)
  emitter.comments.putLineAndFoot(emitter.indent)
}

export function emitBlockKey(emitter: EmitterState, frame: Frame, key: Node): void {
  const { output } = emitter
  emitter.comments.take(key, '', frame.tail)
  frame.tail = key.footComment
  openBlock(emitter, frame)
  frame.index++
  emitter.comments.putHead(emitter.indent)
  output.indentTo(emitter.indent)
  if (emitter.comments.line !== '') {
    emitter.comments.keyLine = emitter.comments.line
    emitter.comments.line = ''
  }
  frame.isSimpleKey = isSimpleKey(key, emitter.edition)
  if (frame.isSimpleKey) {
    emitNode(emitter, key, SIMPLE_KEY)
    // Without a blank, `:` would be part of the alias name.
    if (key.kind === 'alias' && emitter.edition.spacesAliasKeys) output.put(' ')
  } else {
    output.putBlockIndicator('?')
    emitNode(emitter, key, COMPLEX_KEY)
  }
}

export function emitBlockValue(emitter: EmitterState, frame: Frame, value: Node): void {
  const { output } = emitter
  emitter.comments.take(value, value.footComment)
  frame.index++
  if (frame.isSimpleKey) {
    output.putClosing(':')
  } else {
    output.indentTo(emitter.indent)
    output.putBlockIndicator(':')
  }
  if (emitter.comments.keyLine !== '') {
    if (emitter.edition.putsKeyCommentsFirst) putKeyLine(emitter, value)
    else placeKeyLine(emitter, value)
  }
  emitNode(emitter, value, VALUE)
  emitter.comments.putLineAndFoot(emitter.indent)
}

/** Prints a key's line comment after the `:` of a block collection, or keeps it for a scalar value without line comment. */
function placeKeyLine(emitter: EmitterState, value: Node): void {
  if (value.kind === 'scalar') {
    if (emitter.comments.line !== '') return
    emitter.comments.line = emitter.comments.keyLine
    emitter.comments.keyLine = ''
  } else if (value.kind !== 'alias' && (value.style & Style.flow) === 0) {
    const valueLine = emitter.comments.line
    emitter.comments.line = emitter.comments.keyLine
    emitter.comments.putLine(emitter.indent)
    emitter.comments.keyLine = ''
    emitter.comments.line = valueLine
  }
}

/** yq 3 prints it right after the `:`. A value that is not a block collection then starts a new line. */
function putKeyLine(emitter: EmitterState, value: Node): void {
  const valueLine = emitter.comments.line
  emitter.comments.line = emitter.comments.keyLine
  emitter.comments.keyLine = ''
  const isSilent =
    value.kind === 'scalar' && value.value === '' && printedTag(value, emitter.edition).tag === ''
  if (isSilent && valueLine === '') return
  emitter.comments.putLine(emitter.indent)
  emitter.comments.line = valueLine
  if (value.kind === 'scalar' || value.kind === 'alias' || (value.style & Style.flow) !== 0) {
    emitter.indent =
      emitter.indentWidth * Math.floor((emitter.indent + emitter.indentWidth) / emitter.indentWidth)
    emitter.output.indentTo(emitter.indent)
  }
}

export function endBlock(emitter: EmitterState, frame: Frame): void {
  emitter.takeEndComments(frame)
  if (frame.isMapping) emitter.comments.putHead(emitter.indent)
  emitter.indent = frame.outerIndent
  emitter.frames.pop()
}

function openBlock(emitter: EmitterState, frame: Frame): void {
  if (frame.index >= 0) return
  frame.index = 0
  const { output } = emitter
  const isAfterKey = frame.place.isInMapping && (output.column === 0 || !output.isIndentation)
  emitter.indent = emitter.deeper(
    emitter.frames.at(-2),
    false,
    emitter.compactSequences && !frame.isMapping && isAfterKey,
  )
}
