const NUL = 0
const SLASH = '/'

/**
 * The names in git's index, looked up in the text that holds them: a run asks for some hundred of what may be a hundred thousand. What is
 * not asked for is not decoded.
 */
export class IndexNames {
  readonly #text: Buffer

  /** @param text the names sorted by bytes, each with a NUL after it */
  constructor(text: Buffer) {
    this.#text = text
  }

  /** @param name from the top of the work tree, with forward slashes */
  has(name: string): boolean {
    const wanted = Buffer.from(name)
    return this.#firstFrom(wanted)?.equals(wanted) ?? false
  }

  /** Whether any name is below that folder. */
  hasBelow(folder: string): boolean {
    const start = Buffer.from(folder + SLASH)
    return this.#firstFrom(start)?.subarray(0, start.byteLength).equals(start) ?? false
  }

  /** The first name that is not before `wanted`, by bytes. */
  #firstFrom(wanted: Buffer): Buffer | undefined {
    // `low` and `high` are starts of names, or the end.
    let low = 0
    let high = this.#text.byteLength
    while (low < high) {
      const start = this.#startOf((low + high) >> 1)
      const end = this.#text.indexOf(NUL, start)
      if (this.#text.subarray(start, end).compare(wanted) < 0) low = end + 1
      else high = start
    }
    return low < this.#text.byteLength ? this.#text.subarray(low, this.#text.indexOf(NUL, low)) : undefined
  }

  /** The start of the name that a byte is in. */
  #startOf(at: number): number {
    return at === 0 ? 0 : this.#text.lastIndexOf(NUL, at - 1) + 1
  }
}
