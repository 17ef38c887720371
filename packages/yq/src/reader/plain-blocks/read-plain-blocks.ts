import type { Node } from '../../tree/node.ts'
import { isPrintableAscii } from '../characters.ts'
import { BlockReader, SEPARATOR } from './block-reader.ts'
import type { BlockTree } from './block-tree.ts'
import { NodeTree } from './node-tree.ts'
import { NotPlainBlocks } from './not-plain-blocks.ts'
import { type BlockCollection, type ScalarOf, ValueTree } from './value-tree.ts'

/** A character that the full reader may reject or take for a line break, or that is a surrogate. */
const ODD_CHARACTER = /[^\n\x20-\x7e\u{a0}-\u{2027}\u{2030}-\u{d7ff}\u{e000}-\u{fefe}\u{ff00}-\u{fffd}]/u
/** Document markers and directives, after a line break and at the start of a text. */
const MARKER = /\n(?:---|\.\.\.|%)/gu
const FIRST_MARKER = /^(?:---|\.\.\.|%)/u

/**
 * Reads one document of block collections, scalars and one-line flow collections. The result is the full reader's, several times
 * faster. Most manifests and configs have this form. Returns undefined for every other text: one with a tag, an invalid one, one with a
 * comment whose node is not obvious.
 *
 * @param text without a byte order mark
 * @param skipsComments whether to drop comments, so that their position does not matter
 */
export function readPlainBlocks(text: string, skipsComments: boolean): Node | undefined {
  const tree = new NodeTree()
  return readInto(tree, text, skipsComments ? undefined : tree)
}

/**
 * As `readPlainBlocks`, but the result is plain values, without nodes and without comments, which takes half of the time. Returns
 * undefined also for a text with a duplicate key or a merge key.
 */
export function readPlainValue<Scalar>(
  text: string,
  scalarOf: ScalarOf<Scalar>,
): BlockCollection<Scalar> | undefined {
  return readInto(new ValueTree(scalarOf), text, undefined)
}

function readInto<Item>(
  tree: BlockTree<Item>,
  text: string,
  comments: NodeTree | undefined,
): Item | undefined {
  if (!text.endsWith('\n') || hasMarker(text) || hasUnsupportedCharacter(text)) return undefined
  try {
    new BlockReader(text, tree, comments).read()
    return tree.root
  } catch (error) {
    if (error instanceof NotPlainBlocks) return undefined
    throw error
  }
}

function hasUnsupportedCharacter(text: string): boolean {
  return !isPrintableAscii(text) && ODD_CHARACTER.test(text)
}

/** Whether there is a marker after the separator that the document may begin with. */
function hasMarker(text: string): boolean {
  const hasSeparator = text.startsWith(SEPARATOR)
  MARKER.lastIndex = hasSeparator ? SEPARATOR.length - 1 : 0
  return (!hasSeparator && FIRST_MARKER.test(text)) || MARKER.test(text)
}
