import type { YqFault } from '../errors.ts'
import { Node } from '../tree/node.ts'
import { BYTE_ORDER_MARK } from './characters.ts'
import { Composer } from './composer.ts'
import { Cursor } from './cursor.ts'
import { splitLeadingContent } from './leading-content.ts'
import { loadFault } from './load-fault.ts'
import { Parser } from './parser.ts'
import { Scanner } from './scanner.ts'

export interface ReadOptions {
  /** Named in errors; `-` when absent. */
  readonly fileName?: string
  /** Index of the file among the inputs, from 0. */
  readonly fileIndex?: number
  /** Whether yq's pre-reader takes off the front of the text; true when absent. */
  readonly headerPreprocess?: boolean
  /** Index of the text's first document, 0 when absent. */
  readonly firstDocumentIndex?: number
  /** What to throw at the end of the text, which was cut there because what follows cannot be decoded. */
  readonly endFault?: YqFault | undefined
}

/**
 * The documents of a YAML text as yq reads them, each a root node with `document` set. A text without any
 * document gives none, unless it has leading content: then one null that carries it. A byte order mark may
 * stand at the front.
 *
 * @throws YqFault `document-invalid` or `limit-exceeded`, with position; its `yqMessage` is yq's own sentence
 */
export function readDocuments(text: string, options: ReadOptions = {}): Node[] {
  return [...iterateDocuments(text, options)]
}

/** As `readDocuments`, one by one: what comes before a fault in a later document is still given. */
export function* iterateDocuments(text: string, options: ReadOptions = {}): Generator<Node, void, undefined> {
  const { fileName = '-', fileIndex = 0, headerPreprocess = true, firstDocumentIndex = 0 } = options
  const split = headerPreprocess ? splitLeadingContent(text) : { leadingContent: '', rest: text }
  const { rest } = split
  let { leadingContent } = split
  const { valid, endFault } = cutAtControlCharacter(rest, fileName, options.endFault)
  const offset = rest.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0
  const cursor = new Cursor(valid, { fileName, offset, endFault })
  const scanner = new Scanner(cursor)
  const composer = new Composer(cursor, scanner.comments, { index: firstDocumentIndex, fileName, fileIndex })
  const parser = new Parser(scanner, cursor, composer)
  let isEmpty = true
  while (parser.parseDocument()) {
    isEmpty = false
    yield composer.takeRoot(leadingContent)
    leadingContent = ''
  }
  if (!isEmpty) return
  // Without the pre-reader, yq keeps all of a text that holds comments alone.
  const remains = headerPreprocess ? leadingContent : text
  if (remains !== '') yield composer.takeRoot(remains)
}

const REFUSED = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/

/** go-yaml meets a character that may not be there only when it has read up to it. */
function cutAtControlCharacter(
  text: string,
  fileName: string,
  endFault: YqFault | undefined,
): { valid: string; endFault: YqFault | undefined } {
  const index = text.search(REFUSED)
  if (index < 0) return { valid: text, endFault }
  const message = `control characters are not allowed (value: ${text.charCodeAt(index)})`
  const fault = loadFault({ stage: 'reader', message, at: { line: 0, column: 0 } }, { fileName, text })
  return { valid: text.slice(0, index), endFault: fault }
}
