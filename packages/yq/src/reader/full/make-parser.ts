import type { Edition } from '../../edition.ts'
import type { YqFault } from '../../errors.ts'
import type { Node } from '../../tree/node.ts'
import { BYTE_ORDER_MARK } from '../characters.ts'
import { Composer } from './composer.ts'
import { Cursor } from './cursor.ts'
import { GRAMMAR } from './parse-document.ts'
import { Parser } from './parser.ts'
import { Scanner } from './scanner.ts'

/** A text as far as go-yaml reads it. */
export interface Readable {
  readonly text: string
  /** Why the text was cut here; undefined when it was not. */
  readonly endFault?: YqFault | undefined
}

export interface ParserOptions {
  readonly fileName: string
  readonly fileIndex: number
  readonly edition: Edition
  /** See `ReadOptions`. */
  readonly indicators?: Map<Node, number>
}

/** The full reader of YAML: a parser, and the composer that has the root after each document. @param index index of the first document */
export function makeParser(
  { text, endFault }: Readable,
  options: ParserOptions,
  index: number,
): { parser: Parser; composer: Composer } {
  const { fileName, fileIndex, edition, indicators } = options
  const offset = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0
  const cursor = new Cursor(text, { fileName, offset, endFault, edition })
  // go-yaml skips a second byte order mark, too.
  if (offset > 0 && cursor.code() === BYTE_ORDER_MARK) cursor.skip(1)
  const scanner = new Scanner(cursor)
  const composer = new Composer(cursor, scanner.comments, { index, fileName, fileIndex, indicators })
  return { parser: new Parser(scanner, cursor, composer, GRAMMAR), composer }
}
