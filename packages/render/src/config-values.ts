import { isAlias, isCollection, isNode, isPair, type Document } from 'yaml'

/** Most values that a file may expand to. Only repeated aliases can exceed it. */
export const MAX_VALUES = 100_000

/**
 * The number of values in a document after every alias is expanded; `Infinity` above `MAX_VALUES`, and for an alias that contains
 * itself.
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

/** Names that every JavaScript object inherits. valibot skips them or treats them as known keys. */
const INHERITED = new Set(['prototype', ...Object.getOwnPropertyNames(Object.prototype)])
const MARK = '\u0000'

/** Marks the keys that objects inherit, such as `__proto__`, so that they are treated like any other key. */
export function markInherited(value: unknown): unknown {
  return renameKeys(value, (key) => (INHERITED.has(key) ? MARK + key : key))
}

/** Removes the marks. A key `__proto__` becomes an own property. */
export function unmarkInherited(value: unknown): unknown {
  return renameKeys(value, unmarkKey)
}

/** The key as it is written in the file. */
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
