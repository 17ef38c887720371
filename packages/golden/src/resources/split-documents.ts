import { positionAt } from '@overlay-render/system'

import { GoldenFault } from '../golden-fault.ts'
import { codeAt, type Content, textOf, TextPart } from './text-part.ts'

/** One document of a file, without separators. */
export interface DocumentPart {
  readonly part: TextPart
  /** UTF-16 offset of the part in its file. */
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
export function splitDocuments(content: Content, file: string): DocumentPart[] {
  refuseConflictMarkers(content, file)
  const documents: DocumentPart[] = []
  let start = 0
  while (start < content.length) {
    const { end, next } = boundaryFrom(content, start)
    if (hasContent(content, start, end)) {
      documents.push({ part: new TextPart(content, start, end), offset: start })
    }
    start = next
  }
  return documents
}

/** Whether the document between two offsets has more than comments and blank lines. */
export function hasContent(content: Content, start: number, end: number): boolean {
  return isLetter(codeAt(content, start)) || CONTENT_LINE.test(textOf(content, start, end))
}

const CONTENT_LINE = /^[ \t\uFEFF]*[^\s#]/mu

function isLetter(code = 0): boolean {
  const lower = code | 0x20
  return lower >= 0x61 && lower <= 0x7a
}

/** Where the document from an offset ends. */
export function boundaryFrom(content: Content, from: number): Boundary {
  for (let at = content.indexOf('---', from); at >= 0; at = content.indexOf('---', at + 3)) {
    const before = at === 0 ? LINE_FEED : codeAt(content, at - 1)
    const after = codeAt(content, at + 3)
    if (before !== LINE_FEED && !(at === 1 && before === BYTE_ORDER_MARK)) continue
    if (after === LINE_FEED) return { end: at, next: at + 4 }
    else if (after === RETURN && codeAt(content, at + 4) === LINE_FEED) return { end: at, next: at + 5 }
    else if (after === undefined || after === BLANK || after === TAB) return { end: at, next: at + 3 }
  }
  return { end: content.length, next: content.length }
}

export interface Boundary {
  readonly end: number
  /** The start of the next document, after the marker. */
  readonly next: number
}

const [TAB, LINE_FEED, RETURN, BLANK, BYTE_ORDER_MARK] = [0x09, 0x0a, 0x0d, 0x20, 0xfeff]

function refuseConflictMarkers(content: Content, file: string): void {
  if (!mayHaveConflict(content)) return
  const text = textOf(content, 0, content.length)
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
export function mayHaveConflict(content: Content): boolean {
  // A plain search is far cheaper than a regular expression, and V8 finds six characters many times as fast as seven.
  return content.includes('<<<<<<') || content.includes('>>>>>>')
}
