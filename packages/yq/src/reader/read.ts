import { utf8Bytes, utf8Length } from '../go/bytes.ts'
import { type Edition, YQ_4 } from '../edition.ts'
import type { YqFault } from '../errors.ts'
import { Node } from '../tree/node.ts'
import { isPrintableAscii } from './characters.ts'
import { makeParser, type Readable } from './full/make-parser.ts'
import { splitLeadingContent } from './leading-content.ts'
import { loadFault } from './load-fault.ts'
import { readPlainBlocks } from './plain-blocks/read-plain-blocks.ts'

export interface ReadOptions {
  /** For errors; `-` when absent. */
  readonly fileName?: string
  /** Index of the file among the inputs, from 0. */
  readonly fileIndex?: number
  /** Whether to split off leading content as yq's pre-processing does (`--header-preprocess`); true when absent. */
  readonly headerPreprocess?: boolean
  /** Index of the text's first document, 0 when absent. */
  readonly firstDocumentIndex?: number
  /** Thrown at the end of the text: the text was cut there because the rest cannot be decoded. */
  readonly endFault?: YqFault | undefined
  /** The yq whose version of go-yaml to follow; yq 4 when absent. */
  readonly edition?: Edition
  /**
   * Filled with the offset of the `-`, `?` or `:` in front of each item, key or value of a block collection. For a
   * key without `?` it is the start of the key.
   */
  readonly indicators?: Map<Node, number>
  /** Whether nodes need their comments; true when absent. Without comments, many texts are read several times faster. */
  readonly needsComments?: boolean
}

/**
 * Reads the documents of a YAML text as yq does. Each is a root node with `document` set. A text without documents
 * gives none, or one null node that has the leading content if there is any. The text may start with a byte order mark.
 *
 * @throws YqFault `document-invalid` or `limit-exceeded`, with position; its `yqMessage` is the message of the real yq
 */
export function readDocuments(text: string, options: ReadOptions = {}): Node[] {
  return [...iterateDocuments(text, options)]
}

/** As `readDocuments`, one by one: the documents before a fault are yielded first. */
export function* iterateDocuments(text: string, options: ReadOptions = {}): Generator<Node, void, undefined> {
  const { fileName = '-', fileIndex = 0, firstDocumentIndex: index = 0 } = options
  const { headerPreprocess = true, edition = YQ_4 } = options
  const split = headerPreprocess ? splitLeadingContent(text) : { leadingContent: '', rest: text }
  const { rest } = split
  let { leadingContent } = split
  const skipped = headerPreprocess ? utf8Length(leadingContent) : -1
  const source = { text: rest, endFault: options.endFault }
  const valid = cutAtInvalidCharacter(source, skipped, { fileName, edition })
  const plain =
    valid.endFault === undefined && canBePlain(options)
      ? readPlainBlocks(valid.text, options.needsComments === false)
      : undefined
  if (plain !== undefined) {
    plain.document = { fileName, fileIndex, index, leadingContent }
    yield plain
    return
  }
  const { parser, composer } = makeParser(valid, { ...options, fileName, fileIndex, edition }, index)
  let isEmpty = true
  while (parser.parseDocument()) {
    isEmpty = false
    yield composer.takeRoot(leadingContent)
    leadingContent = ''
  }
  if (!isEmpty || edition !== YQ_4) return
  // Without header preprocessing, yq keeps the whole of a text that has only comments.
  const remains = headerPreprocess ? leadingContent : text
  if (remains !== '') yield composer.takeRoot(remains)
}

/**
 * Reads a text in plain block style, without its comments. Returns undefined for every other text: use `readDocuments`, which is
 * slower.
 */
export function readPlainYaml(text: string): Node | undefined {
  return readPlainBlocks(text, true)
}

/** Whether the reader of plain blocks supports the options. It implements yq 4 only, and records no indicators. */
function canBePlain({ edition = YQ_4, indicators }: ReadOptions): boolean {
  return edition === YQ_4 && indicators === undefined
}

/**
 * Cuts a text before the first character that go-yaml's reader rejects.
 *
 * @param offset number of bytes of leading content that were split off, -1 without header preprocessing
 */
function cutAtInvalidCharacter(
  { text, endFault }: Readable,
  offset: number,
  { fileName, edition }: { fileName: string; edition: Edition },
): Readable {
  const index = isPrintableAscii(text) ? -1 : text.search(edition.invalidCharacter)
  if (index < 0) return endFault === undefined ? { text } : { text: scannedChunks(text, offset), endFault }
  const message = `control characters are not allowed (value: ${text.charCodeAt(index)})`
  const fault = loadFault({ stage: 'reader', message, at: { line: 0, column: 0 } }, { fileName, text })
  return { text: scannedChunks(text.slice(0, index), offset), endFault: fault }
}

/** Bytes that go-yaml checks at once, and bytes that yq reads at once. */
const CHUNK = 512
const BUFFER = 4096

/**
 * The part of `text` that go-yaml has scanned when it rejects the character after `text`: it checks a whole chunk before
 * it scans any of it. The first line, which yq's pre-processing has read already, arrives in chunks of its own.
 */
function scannedChunks(text: string, offset: number): string {
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
