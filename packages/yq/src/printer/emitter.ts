import { type Edition, YQ_4 } from '../edition.ts'
import type { Node } from '../tree/node.ts'
import { emitBlockItem, emitBlockKey, emitBlockValue, endBlock } from './emit-block.ts'
import { emitFlowItem, emitFlowKey, emitFlowValue, endFlow } from './emit-flow.ts'
import { emitNode } from './emit-node.ts'
import { ALONE, EmitterState, type Frame } from './emitter-state.ts'

export interface EmitterOptions {
  /** Spaces per level, 2 to 9. */
  readonly indent: number
  /** Whether `- ` counts as indentation of a sequence in a mapping. */
  readonly compactSequences: boolean
  /** yq 4 when absent. */
  readonly edition?: Edition
}

/**
 * Prints a tree without its leading content. The text ends with a line break. This is the emitter of libyaml with go-yaml's
 * changes, on a tree instead of events.
 */
export function emitTree(root: Node, { indent, compactSequences, edition = YQ_4 }: EmitterOptions): string {
  const emitter = new EmitterState(indent, compactSequences, edition)
  const { output, comments, frames } = emitter
  if (edition.joinsDocumentComments) emitter.root = root
  putDocumentHead(emitter, root.document?.headComment ?? '')
  comments.take(root, emitter.root === root ? '' : root.footComment)
  comments.putHead(emitter.indent)
  emitNode(emitter, root, ALONE)
  comments.putLineAndFoot(emitter.indent)
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) step(emitter, frame)
  output.footIndent = 0
  comments.foot = root.document?.footComment || comments.foot
  comments.putFoot(emitter.indent)
  output.footIndent = -1
  output.indentTo(emitter.indent)
  return output.text
}

/** Prints the document's head comment and a blank line. */
function putDocumentHead({ output, comments, indent }: EmitterState, comment: string): void {
  if (comment === '') return
  comments.head = comment
  comments.putHead(indent)
  output.breakLine()
}

/** Prints the next key, value or item of a collection, or its end. */
function step(emitter: EmitterState, frame: Frame): void {
  const { node, isMapping, isFlow } = frame
  const index = Math.max(frame.index, 0)
  const isComplete = !isMapping || index % 2 === 1 || index + 1 < node.content.length
  const child = isComplete ? node.content[index] : undefined
  if (child === undefined) {
    if (isFlow) endFlow(emitter, frame)
    else endBlock(emitter, frame)
  } else if (!isMapping) {
    if (isFlow) emitFlowItem(emitter, frame, child)
    else emitBlockItem(emitter, frame, child)
  } else if (index % 2 === 0) {
    if (isFlow) emitFlowKey(emitter, frame, child)
    else emitBlockKey(emitter, frame, child)
  } else if (isFlow) {
    emitFlowValue(emitter, frame, child)
  } else {
    emitBlockValue(emitter, frame, child)
  }
}
