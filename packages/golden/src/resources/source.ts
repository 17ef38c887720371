import type { Position } from '@overlay-render/system'

import type { ListItem } from './list-items.ts'
import type { DocumentPart } from './split-documents.ts'
import { TextPart } from './text-part.ts'

/** A document and its position, which is computed only for messages. */
export class Source implements DocumentPart {
  readonly part: TextPart
  readonly offset: number
  readonly file: string
  /** The columns before each line in the file; not 0 for an item of a List. */
  readonly #indent: number
  readonly #locate: (offset: number) => Position

  /** @param locate turns offsets of the whole file into positions */
  constructor(
    { part, offset }: DocumentPart,
    file: string,
    locate: (offset: number) => Position,
    indent = 0,
  ) {
    this.part = part
    this.offset = offset
    this.file = file
    this.#locate = locate
    this.#indent = indent
  }

  get text(): string {
    return this.part.text
  }

  /** The position in the file of a 1-based line and column in the document. */
  position(line = 1, column = 1): Position {
    const start = this.#locate(this.offset)
    return { file: this.file, line: start.line + line - 1, column: column + this.#indent }
  }

  /** The same file's item of this document, which is a List. */
  item({ text, start, indent }: ListItem): Source {
    return new Source(
      { part: new TextPart(text), offset: this.offset + start },
      this.file,
      this.#locate,
      indent,
    )
  }
}
