import { SEPARATOR_MARKER } from '../reader/leading-content.ts'
import type { Node } from '../tree/node.ts'
import { documentOf } from '../tree/path.ts'
import { emitTree } from './emitter.ts'
import { printLeadingContent } from './leading-content.ts'

export interface PrintOptions {
  /** Spaces per level, limited to 2 to 9; 2 when absent. */
  readonly indent?: number
  /** Whether `- ` counts as indentation of a sequence in a mapping (`-c`); false when absent. */
  readonly compactSequences?: boolean
  /** Whether a scalar result is printed without quotes, tag and comments (`-r`); true when absent. */
  readonly unwrapScalar?: boolean
  /** Whether to print `---`; true when absent. */
  readonly printDocSeparators?: boolean
}

/** yq's output for one result, including leading content. */
export function printNode(node: Node, options: PrintOptions = {}): string {
  const leadingContent = node.document?.leadingContent ?? ''
  return printLeadingContent(leadingContent, options.printDocSeparators ?? true) + printBody(node, options)
}

/** As `printNode`, without leading content. */
export function printBody(node: Node, options: PrintOptions = {}): string {
  const { indent = 2, compactSequences = false, unwrapScalar = true, printDocSeparators = true } = options
  if (node.kind === 'scalar' && unwrapScalar) return printText(node)
  const tree = emitTree(node, { indent: Math.min(Math.max(indent, 2), 9), compactSequences })
  return tree + printLeadingContent(node.footComment, printDocSeparators)
}

function printText(node: Node): string {
  const leadingContent = node.document?.leadingContent ?? ''
  if (leadingContent !== '' && node.value === '') return ''
  return node.value + (leadingContent.includes('\r\n') ? '\r\n' : '\n')
}

/**
 * Prints the results of several evaluations. As in yq, `---` is printed before a result whose document differs from the
 * previous result's, or whose file differs from the *first* result's, unless it has its own separator.
 */
export class ResultPrinter {
  readonly #options: PrintOptions
  #previousDocument: number | undefined
  #firstFile: number | undefined

  constructor(options: PrintOptions = {}) {
    this.#options = options
  }

  /** The separator to print before `node`, '' for none. */
  separatorBefore(node: Node): string {
    const document = documentOf(node)
    const index = document?.index ?? 0
    const fileIndex = document?.fileIndex ?? 0
    this.#previousDocument ??= index
    this.#firstFile ??= fileIndex
    const differs = this.#previousDocument !== index || this.#firstFile !== fileIndex
    this.#previousDocument = index
    const bringsOwn = node.document?.leadingContent.startsWith(SEPARATOR_MARKER) ?? false
    return differs && !bringsOwn && (this.#options.printDocSeparators ?? true) ? '---\n' : ''
  }

  print(results: Iterable<Node>): string {
    let printed = ''
    for (const node of results) printed += this.separatorBefore(node) + printNode(node, this.#options)
    return printed
  }
}

/** Prints the results of one evaluation, with `---` between those of different documents. */
export function printResults(results: Iterable<Node>, options: PrintOptions = {}): string {
  return new ResultPrinter(options).print(results)
}
