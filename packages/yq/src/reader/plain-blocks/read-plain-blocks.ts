import type { Node } from '../../tree/node.ts'
import { isUsualText } from '../characters.ts'
import { BlockReader, SEPARATOR } from './block-reader.ts'
import { Unread } from './unread.ts'

/** What the full reader may refuse, may take for a line break, or counts as two characters. */
const ODD_CHARACTER = /[^\n\x20-\x7e\u{a0}-\u{2027}\u{2030}-\u{d7ff}\u{e000}-\u{fefe}\u{ff00}-\u{fffd}]/u
/** What separates documents, and directives. */
const MARKER = /^(?:---|\.\.\.|%)/gmu

/**
 * Reads a document of block collections, scalars, and flow collections of one line: gives the node that the full reader gives,
 * several times sooner. Most manifests and configs are of this form. Undefined for every other text, among them each with a tag, a
 * comment whose place is not plain, or a mistake.
 *
 * @param text without a byte order mark
 * @param passesComments whether comments are left out, so that their place is no matter
 */
export function readPlainBlocks(text: string, passesComments: boolean): Node | undefined {
  if (!text.endsWith('\n') || hasMarker(text) || hasOddCharacter(text)) return undefined
  try {
    return new BlockReader(text, passesComments).read()
  } catch (error) {
    if (error instanceof Unread) return undefined
    throw error
  }
}

function hasOddCharacter(text: string): boolean {
  return !isUsualText(text) && ODD_CHARACTER.test(text)
}

/** Whether there is a marker, except the separator that may be in front of the document. */
function hasMarker(text: string): boolean {
  MARKER.lastIndex = text.startsWith(SEPARATOR) ? SEPARATOR.length : 0
  const hasOne = MARKER.test(text)
  MARKER.lastIndex = 0
  return hasOne
}
