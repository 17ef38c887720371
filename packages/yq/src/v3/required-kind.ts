import { isPattern, type PathElement } from './path.ts'
import type { V3Kind } from './v3-node.ts'

/**
 * The kind that a node matched by the element `at` of a path must have for the next element.
 *
 * @param known the kind that it has; `none` for a new node
 */
export function requiredKind(path: readonly PathElement[], at: number, known: V3Kind): V3Kind {
  const next = path[at + 1]
  if (next === undefined) return known === 'none' ? 'scalar' : known
  if (typeof next === 'number' || next === '+') return 'sequence'
  if (isPattern(next) && (known === 'sequence' || known === 'mapping')) return known
  if (known === 'alias' || path[at] === '**') return known
  return 'mapping'
}
