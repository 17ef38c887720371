import { positionAt } from '@overlay-render/system'

import { GoldenFault } from '../golden-fault.ts'

/** The text of one document of a file, without separators. */
export interface DocumentText {
  readonly text: string
  /** UTF-16 offset of `text` in its file. */
  readonly offset: number
}

/** git's conflict markers. Inside a block scalar they would be indented. */
const CONFLICT_MARKER = /^(?:<{7}|>{7}|\|{7})(?: |\r?$)/mu

/**
 * Splits a file at its `---` lines without parsing it. Documents with only comments and blank lines are skipped, as in
 * kustomize and kubectl.
 *
 * @throws GoldenFault `conflict-markers`
 */
export function splitDocuments(text: string, file: string): DocumentText[] {
  refuseConflictMarkers(text, file)
  const documents: DocumentText[] = []
  let start = 0
  while (start < text.length) {
    const { end, next } = boundaryFrom(text, start)
    const part = text.slice(start, end)
    if (hasContent(part)) documents.push({ text: part, offset: start })
    start = next
  }
  return documents
}

/** Whether a document has more than comments and blank lines. */
export function hasContent(document: string): boolean {
  return CONTENT_LINE.test(document)
}

const CONTENT_LINE = /^[ \t\uFEFF]*[^\s#]/mu

/** Where the document from an offset ends. Bytes must be ASCII. */
export function boundaryFrom(text: string | Buffer, from: number): Boundary {
  for (let at = text.indexOf('---', from); at >= 0; at = text.indexOf('---', at + 3)) {
    const before = at === 0 ? LINE_FEED : codeAt(text, at - 1)
    const after = codeAt(text, at + 3)
    if (before !== LINE_FEED && !(at === 1 && before === BYTE_ORDER_MARK)) continue
    if (after === LINE_FEED) return { end: at, next: at + 4 }
    else if (after === RETURN && codeAt(text, at + 4) === LINE_FEED) return { end: at, next: at + 5 }
    else if (after === undefined || after === BLANK || after === TAB) return { end: at, next: at + 3 }
  }
  return { end: text.length, next: text.length }
}

export interface Boundary {
  readonly end: number
  /** The start of the next document, after the marker. */
  readonly next: number
}

function codeAt(text: string | Buffer, at: number): number | undefined {
  if (at >= text.length) return undefined
  return typeof text === 'string' ? text.charCodeAt(at) : text[at]
}

const [TAB, LINE_FEED, RETURN, BLANK, BYTE_ORDER_MARK] = [0x09, 0x0a, 0x0d, 0x20, 0xfeff]

function refuseConflictMarkers(text: string, file: string): void {
  if (!mayHaveConflict(text)) return
  const marker = CONFLICT_MARKER.exec(text)
  if (marker === null) return
  throw new GoldenFault({
    code: 'conflict-markers',
    message: 'the file still has the conflict markers of a merge',
    position: positionAt(file, text, marker.index),
    hint: 'keep one side, and remove the markers; for a golden, run golden update',
  })
}

/** Whether a text may have conflict markers. */
export function mayHaveConflict(text: string): boolean {
  // A plain search is far cheaper than a regular expression, and V8 finds six characters many times as fast as seven.
  return text.includes('<<<<<<') || text.includes('>>>>>>')
}
