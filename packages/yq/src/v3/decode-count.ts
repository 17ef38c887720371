/** Between these numbers of decoded nodes, go-yaml reduces the allowed share of nodes from aliases. */
const RANGE_LOW = 400_000
const RANGE_HIGH = 4_000_000

/** go-yaml's limit on the share of decoded nodes that come from aliases. */
export class DecodeCount {
  #all = 1
  #fromAliases = 0

  /** Counts a node, and the target of an alias. Returns whether the limit is exceeded. */
  add(isAlias: boolean, aliasDepth: number): boolean {
    const first = this.#addOne(aliasDepth)
    return isAlias ? this.#addOne(aliasDepth + 1) || first : first
  }

  #addOne(aliasDepth: number): boolean {
    this.#all += 1
    if (aliasDepth > 0) this.#fromAliases += 1
    return (
      this.#fromAliases > 100 && this.#all > 1000 && this.#fromAliases / this.#all > allowedShare(this.#all)
    )
  }
}

function allowedShare(count: number): number {
  if (count <= RANGE_LOW) return 0.99
  if (count >= RANGE_HIGH) return 0.1
  return 0.99 - (0.89 * (count - RANGE_LOW)) / (RANGE_HIGH - RANGE_LOW)
}
