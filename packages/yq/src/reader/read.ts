import { utf8Bytes, utf8Length } from '../go/bytes.ts'
import { type Edition, YQ_4 } from '../edition.ts'
import type { YqFault } from '../errors.ts'
import { Node } from '../tree/node.ts'
import { BYTE_ORDER_MARK, isUsualText } from './characters.ts'
import { Composer } from './composer.ts'
import { Cursor } from './cursor.ts'
import { splitLeadingContent } from './leading-content.ts'
import { loadFault } from './load-fault.ts'
import { GRAMMAR } from './parse-document.ts'
import { Parser } from './parser.ts'
import { readPlainBlocks } from './plain-blocks/read-plain-blocks.ts'
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
  /** Whose go-yaml is followed; that of yq 4 when absent. */
  readonly edition?: Edition
  /**
   * Filled with the offset of the `-`, `?` or `:` in front of each item, key or value of a block; for a key
   * without `?` that is where the key itself begins.
   */
  readonly indicators?: Map<Node, number>
  /** Whether the comments of nodes matter; true when absent. Where they do not, many texts are read several times sooner. */
  readonly needsComments?: boolean
}

/**
 * The documents of a YAML text as yq reads them, each a root node with `document` set. A text without any
 * document gives none, unless it has leading content: then one null that carries it. A byte order mark may
 * are at the front.
 *
 * @throws YqFault `document-invalid` or `limit-exceeded`, with position; its `yqMessage` is yq's own sentence
 */
export function readDocuments(text: string, options: ReadOptions = {}): Node[] {
  return [...iterateDocuments(text, options)]
}

/** As `readDocuments`, one by one: what comes before a fault in a later document is still given. */
export function* iterateDocuments(text: string, options: ReadOptions = {}): Generator<Node, void, undefined> {
  const {
    fileName = '-',
    fileIndex = 0,
    headerPreprocess = true,
    firstDocumentIndex = 0,
    edition = YQ_4,
  } = options
  const split = headerPreprocess ? splitLeadingContent(text) : { leadingContent: '', rest: text }
  const { rest } = split
  let { leadingContent } = split
  const skipped = headerPreprocess ? utf8Length(leadingContent) : -1
  const { text: valid, endFault } = cutAtRefused({ text: rest, endFault: options.endFault }, skipped, {
    fileName,
    edition,
  })
  const plain =
    endFault === undefined && canBePlain(options)
      ? readPlainBlocks(valid, options.needsComments === false)
      : undefined
  if (plain !== undefined) {
    plain.document = { fileName, fileIndex, index: firstDocumentIndex, leadingContent }
    yield plain
    return
  }
  const offset = valid.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0
  const cursor = new Cursor(valid, { fileName, offset, endFault, edition })
  // A second mark is passed, too.
  if (offset > 0 && cursor.code() === BYTE_ORDER_MARK) cursor.pass(1)
  const scanner = new Scanner(cursor)
  const composer = new Composer(cursor, scanner.comments, {
    index: firstDocumentIndex,
    fileName,
    fileIndex,
    indicators: options.indicators,
  })
  const parser = new Parser(scanner, cursor, composer, GRAMMAR)
  let isEmpty = true
  while (parser.parseDocument()) {
    isEmpty = false
    yield composer.takeRoot(leadingContent)
    leadingContent = ''
  }
  if (!isEmpty || edition !== YQ_4) return
  // Without the pre-reader, yq keeps all of a text that holds comments alone.
  const remains = headerPreprocess ? leadingContent : text
  if (remains !== '') yield composer.takeRoot(remains)
}

/**
 * The document of a text in plain block style, without its comments; undefined for every other text, which `readDocuments` reads, more
 * slowly.
 */
export function readPlainYaml(text: string): Node | undefined {
  return readPlainBlocks(text, true)
}

/** Whether the reader of plain blocks, which knows yq 4 only, gives all that is asked for. */
function canBePlain({ edition = YQ_4, indicators }: ReadOptions): boolean {
  return edition === YQ_4 && indicators === undefined
}

interface Readable {
  readonly text: string
  /** Why the text ends here, when more was written. */
  readonly endFault?: YqFault | undefined
}

/**
 * Cuts a text in front of what go-yaml's reader refuses. `offset`: how many bytes were taken off its front, -1
 * when nobody looked at its first line.
 */
function cutAtRefused(
  { text, endFault }: Readable,
  offset: number,
  { fileName, edition }: { fileName: string; edition: Edition },
): Readable {
  const index = isUsualText(text) ? -1 : text.search(edition.refused)
  if (index < 0) return endFault === undefined ? { text } : { text: upToChunkOf(text, offset), endFault }
  const message = `control characters are not allowed (value: ${text.charCodeAt(index)})`
  const fault = loadFault({ stage: 'reader', message, at: { line: 0, column: 0 } }, { fileName, text })
  return { text: upToChunkOf(text.slice(0, index), offset), endFault: fault }
}

/** How many bytes go-yaml checks at once, and how many yq reads at once. */
const CHUNK = 512
const BUFFER = 4096

/**
 * What was scanned when the character after `text` is refused: go-yaml checks a whole chunk before it scans
 * any of it. The first line, which yq has looked at, comes in chunks of its own.
 */
function upToChunkOf(text: string, offset: number): string {
  const bytes = utf8Bytes(text)
  const newline = bytes.indexOf(0x0a)
  const skipped = Math.max(offset, 0)
  const firstLine = offset < 0 ? 0 : newline < 0 ? Number.POSITIVE_INFINITY : newline + 1
  for (let position = 0; ;) {
    const nextBuffer = (Math.floor((skipped + position) / BUFFER) + 1) * BUFFER - skipped
    const next = Math.min(position + CHUNK, position < firstLine ? firstLine : nextBuffer)
    if (next > bytes.length)
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, position))
    position = next
  }
}
