import { positionAt } from '@overlay-render/faults'

import { YqFault } from '../errors.ts'
import type { Node } from '../tree/node.ts'

/** A position in the text of a document. `readInput` adds the file name to faults with a position. */
interface Place {
  readonly text: string
  readonly line: number
  readonly column: number
}

export function placeAt(text: string, offset: number): Place {
  return { text, ...positionAt('', text, offset) }
}

/** The text is not a document of its format; `sentence` is yq's message. */
export function malformed(sentence: string, place?: Place): YqFault {
  return new YqFault({
    code: 'document-invalid',
    message: sentence,
    position: place && { file: '', line: place.line, column: place.column },
    source: place?.text,
  })
}

/** An alias without an anchor, in a format without aliases; yq crashes. */
export function danglingAlias({ value }: Node): YqFault {
  return cannotEncode(`the alias *${value} has no anchor, so it has no value in this format`)
}

/** The tree cannot be encoded in the requested format. */
export function cannotEncode(sentence: string): YqFault {
  return new YqFault({ code: 'evaluation-failed', message: sentence })
}
