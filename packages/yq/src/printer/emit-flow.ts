import type { Node } from '../tree/node.ts'
import { emitNode } from './emit-node.ts'
import { ALONE, COMPLEX_KEY, type EmitterState, type Frame, SIMPLE_KEY, VALUE } from './emitter-state.ts'
import { isSimpleKey } from './simple-key.ts'

export function emitFlowItem(emitter: EmitterState, frame: Frame, item: Node): void {
  emitter.comments.take(item, item.footComment)
  beginFlowPart(emitter, frame)
  frame.hasComma = emitter.comments.hasTrailing()
  emitNode(emitter, item, ALONE)
  putCommaAndComments(emitter)
}

export function emitFlowKey(emitter: EmitterState, frame: Frame, key: Node): void {
  emitter.comments.take(key, '', frame.tail)
  frame.tail = key.footComment
  beginFlowPart(emitter, frame)
  frame.isSimpleKey = isSimpleKey(key, emitter.edition)
  if (!frame.isSimpleKey) emitter.output.putIndicator('?')
  emitNode(emitter, key, frame.isSimpleKey ? SIMPLE_KEY : COMPLEX_KEY)
}

export function emitFlowValue(emitter: EmitterState, frame: Frame, value: Node): void {
  emitter.comments.take(value, value.footComment)
  frame.index++
  if (frame.isSimpleKey) emitter.output.putClosing(':')
  else emitter.output.putIndicator(':')
  frame.hasComma = emitter.comments.hasTrailing()
  emitNode(emitter, value, VALUE)
  putCommaAndComments(emitter)
}

/** Opens the collection or prints the comma after the previous part, then the head comment of this part. */
function beginFlowPart(emitter: EmitterState, frame: Frame): void {
  if (frame.index < 0) openFlow(emitter, frame)
  else if (!frame.hasComma) emitter.output.putClosing(',')
  frame.index++
  emitter.comments.putHead(emitter.indent)
  if (emitter.output.column === 0) emitter.output.indentTo(emitter.indent)
}

function putCommaAndComments(emitter: EmitterState): void {
  if (emitter.comments.hasTrailing()) emitter.output.putClosing(',')
  emitter.comments.putLineAndFoot(emitter.indent)
}

export function endFlow(emitter: EmitterState, frame: Frame): void {
  const { output } = emitter
  const { isMapping } = frame
  emitter.takeEndComments(frame)
  const hasParts = frame.index >= 0
  if (!hasParts) openFlow(emitter, frame)
  if (isMapping) {
    if (
      hasParts &&
      !frame.hasComma &&
      emitter.comments.head + emitter.comments.foot + emitter.comments.tail !== ''
    )
      output.putClosing(',')
    emitter.comments.putHead(emitter.indent)
  }
  emitter.flowLevel--
  emitter.indent = frame.outerIndent
  if (!isMapping && output.column === 0) output.indentTo(emitter.indent)
  output.putClosing(isMapping ? '}' : ']')
  emitter.comments.putLineAndFoot(emitter.indent)
  emitter.frames.pop()
}

function openFlow(emitter: EmitterState, frame: Frame): void {
  frame.index = 0
  emitter.output.putOpening(frame.isMapping ? '{' : '[')
  emitter.indent = emitter.deeper(emitter.frames.at(-2), true)
  emitter.flowLevel++
}
