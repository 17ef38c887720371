import { positionAt } from '@overlay-render/faults'

import { YqFault } from '../errors.ts'
import type { Node } from '../tree/node.ts'

/** A place in the text of a document. `readInput` adds the name of the file to faults that have one. */
interface Place {
  readonly text: string
  readonly line: number
  readonly column: number
}

export function placeAt(text: string, offset: number): Place {
  return { text, ...positionAt('', text, offset) }
}

/** The text is no document of its format; `sentence` is what yq says. */
export function malformed(sentence: string, place?: Place): YqFault {
  return new YqFault({
    code: 'document-invalid',
    message: sentence,
    position: place && { file: '', line: place.line, column: place.column },
    source: place?.text,
  })
}

/** A format without aliases meets one that points at nothing; yq crashes. */
export function danglingAlias({ value }: Node): YqFault {
  return inexpressible(`the alias *${value} has no anchor, so it has no value in this format`)
}

/** The tree cannot be said in the format asked for. */
export function inexpressible(sentence: string): YqFault {
  return new YqFault({ code: 'evaluation-failed', message: sentence })
}
