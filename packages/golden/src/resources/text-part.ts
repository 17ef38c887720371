/** A text, or its bytes if they are ASCII. */
export type Content = string | Buffer

/** A part of a file. Bytes are decoded when the text is first needed: most objects of two renders are the same, and never shown. */
export class TextPart {
  readonly #content: Content
  readonly #start: number
  readonly #end: number
  #text: string | undefined

  constructor(content: Content, start = 0, end: number = content.length) {
    this.#content = content
    this.#start = start
    this.#end = end
  }

  get length(): number {
    return this.#end - this.#start
  }

  /** Undefined for a part of a text. */
  bytes(): Buffer | undefined {
    return typeof this.#content === 'string' ? undefined : this.#content.subarray(this.#start, this.#end)
  }

  get text(): string {
    return (this.#text ??= textOf(this.#content, this.#start, this.#end))
  }

  /** The first `length` characters, or fewer if the part is shorter. */
  head(length: number): string {
    return textOf(this.#content, this.#start, Math.min(this.#end, this.#start + length))
  }

  isSame(other: TextPart): boolean {
    return this === other || (this.length === other.length && this.text === other.text)
  }
}

/** The text between two offsets. */
export function textOf(content: Content, start: number, end: number): string {
  // Several times as fast as UTF-8.
  return typeof content === 'string' ? content.slice(start, end) : content.toString('latin1', start, end)
}

/** The code of the character at an offset; undefined after the end. */
export function codeAt(content: Content, at: number): number | undefined {
  if (at >= content.length) return undefined
  return typeof content === 'string' ? content.charCodeAt(at) : content[at]
}
