import { parseInteger } from '../go/integers.ts'
import type { Node } from '../tree/node.ts'

/** One step from a node to a child: the text of a map's key, or the index in a list. */
export type PathElement = string | number

/** The step that leads to `node`; `undefined` for a root. yq takes a key that is a number for an index. */
export function pathElementOf(node: Node): PathElement | undefined {
  if (node.isMapKey) return node.value
  const key = node.key
  if (key === undefined) return undefined
  if (key.tag === '!!str') return key.value
  const index = parseInteger(key.value)
  return index.ok ? Number(index.value) : key.value
}

/** The steps from the root to `node`. A node that was made for itself has none. */
export function pathOf(node: Node): PathElement[] {
  const path: PathElement[] = []
  for (let current: Node | undefined = node; current !== undefined; current = current.parent) {
    const element = pathElementOf(current)
    if (element === undefined) break
    path.push(element)
  }
  return path.reverse()
}

/** A path as yq writes it in its messages: `a.b[0]`. */
export function pathText(path: readonly PathElement[]): string {
  return path
    .map((element, position) => {
      if (typeof element === 'number') return `[${element}]`
      if (position === 0) return element
      return element.includes('.') ? `[${element}]` : `.${element}`
    })
    .join('')
}
