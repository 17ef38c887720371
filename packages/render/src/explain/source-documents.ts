import type { Value } from '@overlay-render/golden'
import { type Position, positionAt } from '@overlay-render/system'
import { type Node, readDocuments, Style, YqFault } from '@overlay-render/yq'

import { traceDocument } from './trace-document.ts'
import { type ExplainStep, plainOf, type Traced, type TracedScalar } from './traced-value.ts'

/** An object or document of a staged file. */
export interface SourceDocument {
  /** Its offset in the staged text. */
  readonly at: number
  readonly traced: Traced
}

/** The documents of a text, traced to `step`. A list of objects counts as its items. */
export function documentsOf(
  text: string,
  file: string,
  step: ExplainStep,
  locate: (offset: number) => Position | undefined,
): SourceDocument[] {
  return parts(text, file).map((node) => ({
    at: node.start,
    traced: traceDocument(node, step, locate, (scalar, traced) =>
      withFile(scalar, traced, step, text, locate),
    ),
  }))
}

/** Traces a text that is a YAML file to its own lines. */
function withFile(
  node: Node,
  traced: TracedScalar,
  step: ExplainStep,
  text: string,
  locate: (offset: number) => Position | undefined,
): TracedScalar {
  if (!looksLikeFile(node.value)) return traced
  const start = locate(node.start)
  const isBlock = (node.style & Style.literal) !== 0
  const content = text.slice(text.indexOf('\n', node.start) + 1)
  const indent = /^(?:[ \t]*\n)*( *)/u.exec(content)?.[1]?.length ?? 0
  const inner = (offset: number): Position | undefined => {
    if (start === undefined || !isBlock) return start
    const { line, column } = positionAt(start.file, node.value, offset)
    return { file: start.file, line: start.line + line, column: indent + column }
  }
  return { ...traced, file: () => traceFile(node.value, step, inner) }
}

/** The tree of a text that is one YAML document with a map or a list; undefined for any other text. */
export function traceFile(
  text: string,
  step: ExplainStep,
  locate: (offset: number) => Position | undefined,
): Traced | undefined {
  const [node, second] = parts(text, 'text')
  if (node === undefined || second !== undefined || (node.kind !== 'mapping' && node.kind !== 'sequence'))
    return undefined
  return traceDocument(node, step, locate)
}

/** Whether a text may be a YAML file. */
export function looksLikeFile(text: string): boolean {
  return text.includes('\n') && /:|^- /mu.test(text)
}

/** The documents of a text, each list of objects as its items; empty when the text is not YAML. */
export function parts(text: string, file: string): Node[] {
  try {
    // Without yq's header processing, which shifts the offsets.
    return readDocuments(text, { fileName: file, headerPreprocess: false })
      .filter((root) => root.kind !== 'scalar' || root.value !== '')
      .flatMap((root) => itemsOfList(root) ?? [root])
  } catch (error) {
    if (error instanceof YqFault) return []
    throw error
  }
}

/** The items of an object whose kind ends in `List`. */
function itemsOfList(root: Node): Node[] | undefined {
  if (root.kind !== 'mapping') return undefined
  const member = (name: string): Node | undefined =>
    root.content.find((_node, index) => index % 2 === 1 && root.content[index - 1]?.value === name)
  const items = member('items')
  const isList = member('kind')?.value.endsWith('List') === true
  return isList && items?.kind === 'sequence' && items.content.length > 0 ? items.content : undefined
}

/** A node as a plain value, with aliases and merge keys resolved. */
export function plainValue(node: Node): Value {
  return plainOf(traceDocument(node, { kind: 'file', title: '', position: undefined }, () => undefined))
}
