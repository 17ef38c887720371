const NUL = 0
const SLASH = '/'

/**
 * The names in git's index, searched in their encoded form: a run looks up some hundred names of perhaps a hundred thousand, so
 * decoding all of them would be a waste.
 */
export class IndexNames {
  readonly #text: Buffer
  readonly #tag: number

  /**
   * @param text the names sorted by bytes, each followed by a NUL
   * @param tag the length in bytes of what is written before each name
   */
  constructor(text: Buffer, tag = 0) {
    this.#text = text
    this.#tag = tag
  }

  /** @param name relative to the top of the work tree, with forward slashes */
  has(name: string): boolean {
    const wanted = Buffer.from(name)
    return this.#firstFrom(wanted)?.equals(wanted) ?? false
  }

  /** Whether any name is below the folder. */
  hasBelow(folder: string): boolean {
    const start = Buffer.from(folder + SLASH)
    return this.#firstFrom(start)?.subarray(0, start.byteLength).equals(start) ?? false
  }

  /** The first name that sorts at or after `wanted`, by bytes. */
  #firstFrom(wanted: Buffer): Buffer | undefined {
    // `low` and `high` are always the start of a name, or the end of the text.
    let low = 0
    let high = this.#text.byteLength
    while (low < high) {
      const start = this.#startOf((low + high) >> 1)
      const end = this.#text.indexOf(NUL, start)
      if (this.#text.subarray(start + this.#tag, end).compare(wanted) < 0) low = end + 1
      else high = start
    }
    if (low === this.#text.byteLength) return undefined
    return this.#text.subarray(low + this.#tag, this.#text.indexOf(NUL, low))
  }

  /** The start of the name that contains the byte. */
  #startOf(at: number): number {
    return at === 0 ? 0 : this.#text.lastIndexOf(NUL, at - 1) + 1
  }
}
