import { stepsTo } from './path.ts'
import type { Node } from './node.ts'

/** The path of a node in yq's messages: `a.b[0]`. */
export function pathText(node: Node): string {
  return stepsTo(node)
    .map((element, position) => {
      if (typeof element !== 'string') return `[${element}]`
      if (position === 0) return element
      return element.includes('.') ? `[${element}]` : `.${element}`
    })
    .join('')
}
