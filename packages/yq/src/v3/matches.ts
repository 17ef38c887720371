import { trimSpace } from '../go/white-space.ts'
import { isInteger, matchesText, parsePath } from './path.ts'
import type { Place } from './place.ts'
import { IndexOutOfRange } from './script-fault.ts'
import type { V3Node } from './v3-node.ts'
import { Walker } from './walk.ts'
import type { ElementMatch, Purpose, WalkLog } from './walk-purpose.ts'

/**
 * Whether a path element matches a child with the key or text `name`. A filter traverses the child, and like any traversal
 * may change it; such changes are reported to `log`. `place` is the position of the child.
 */
export const matchesElement: ElementMatch = (element, node, name, place, log) => {
  if (element === '*' || element === '**') return true
  const text = String(element)
  const split = text.indexOf('==')
  if (split !== -1) {
    const path = trimSpace(text.slice(0, split))
    const value = trimSpace(text.slice(split + 2))
    if (node.kind !== 'scalar') return hasValueAt(node, path, value, place, log)
    if (path === '.') return matchesText(value, node.value)
  }
  if (element === '+' && isInteger(name)) return true
  return matchesText(text, name)
}

/** Whether the path below a node has the value. An index out of range ends the search. */
function hasValueAt(
  node: V3Node,
  path: string,
  value: string,
  place: Place | undefined,
  log: WalkLog,
): boolean {
  const purpose: Purpose = {
    followsAliases: true,
    creates: false,
    visitsCollections: false,
    accepts: (found) => matchesText(value, found.value),
    visit: () => undefined,
    matches: matchesElement,
  }
  const walker = new Walker(parsePath(path), purpose, log)
  try {
    walker.run(node, place)
  } catch (error) {
    if (!(error instanceof IndexOutOfRange)) throw error
  }
  return walker.visits > 0
}
