import type { Node } from '@overlay-render/yq'

/** The limit of go-yaml on nodes that come from aliases: the allowed share falls with the size of the document. */
export class AliasBudget {
  #decoded = 0
  #throughAliases = 0
  #depth = 0

  /** Counts a node that is decoded. */
  count(): void {
    this.#decoded++
    if (this.#depth > 0) this.#throughAliases++
    if (this.#throughAliases <= 100 || this.#decoded <= 1000) return
    if (this.#throughAliases / this.#decoded > allowedShare(this.#decoded))
      throw new AliasFault('the document consists of too many aliases')
  }

  /** Runs `decodeIt` for the content of an alias. */
  within<T>(decodeIt: () => T): T {
    this.#depth++
    try {
      return decodeIt()
    } finally {
      this.#depth--
    }
  }
}

const MAX_SHARE_UP_TO = 400_000
const LEAST_SHARE_FROM = 4_000_000

function allowedShare(decoded: number): number {
  if (decoded <= MAX_SHARE_UP_TO) return 0.99
  if (decoded >= LEAST_SHARE_FROM) return 0.1
  return 0.99 - (0.89 * (decoded - MAX_SHARE_UP_TO)) / (LEAST_SHARE_FROM - MAX_SHARE_UP_TO)
}

/** Thrown while a document is decoded; the loader turns it into a finding. */
export class AliasFault extends Error {
  readonly node: Node | undefined

  constructor(message: string, node?: Node) {
    super(message)
    this.node = node
  }
}

/**
 * The target of an alias; any other node itself.
 *
 * @throws AliasFault when an alias contains itself
 */
export function targetOf(node: Node): Node {
  if (node.kind !== 'alias') return node
  for (let at = node.parent; at !== undefined; at = at.parent) {
    if (at === node.alias) throw new AliasFault(`the anchor &${node.value} contains itself`, node)
  }
  return node.alias ?? node
}
