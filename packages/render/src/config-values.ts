import { isAlias, isCollection, isNode, isPair, type Document } from 'yaml'

/** Values that a file may unfold to; only what its aliases repeat can make so many. */
export const MAX_VALUES = 100_000

/**
 * How many values a document is once every alias is unfolded; more than `MAX_VALUES` is said as `Infinity`, and so is an
 * alias to what holds it.
 */
export function unfoldedSize(document: Document): number {
  const sizes = new Map<unknown, number>()
  const sizeOf = (node: unknown): number => {
    if (isPair(node)) return sizeOf(node.key) + sizeOf(node.value)
    if (!isNode(node)) return 0
    const known = sizes.get(node)
    if (known !== undefined) return known
    sizes.set(node, Infinity)
    let size = 1
    if (isAlias(node)) size = sizeOf(node.resolve(document))
    else if (isCollection(node)) {
      for (const item of node.items) {
        size += sizeOf(item)
        if (size > MAX_VALUES) break
      }
    }
    const bounded = size > MAX_VALUES ? Infinity : size
    sizes.set(node, bounded)
    return bounded
  }
  return sizeOf(document.contents)
}

/** Names that every JavaScript object has; a schema library passes over them, or takes them for known keys. */
const INHERITED = new Set(['prototype', ...Object.getOwnPropertyNames(Object.prototype)])
const MARK = '\u0000'

/** The value with its inherited names marked, so that they are names like any other. */
export function markInherited(value: unknown): unknown {
  return renameKeys(value, (key) => (INHERITED.has(key) ? MARK + key : key))
}

/** Takes the marks away. What has a key `__proto__` has it as its own. */
export function unmarkInherited(value: unknown): unknown {
  return renameKeys(value, unmarkKey)
}

export function unmarkKey(key: string): string {
  return key.startsWith(MARK) ? key.slice(MARK.length) : key
}

function renameKeys(value: unknown, rename: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renameKeys(item, rename))
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [rename(key), renameKeys(item, rename)]),
  )
}
