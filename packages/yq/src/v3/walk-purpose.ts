import type { PathElement } from './path.ts'
import type { Place } from './place.ts'
import type { ScriptBudget } from './script-budget.ts'
import type { V3Kind, V3Node } from './v3-node.ts'

/** The purpose of a traversal. */
export interface Purpose {
  /** Whether aliases and merge keys are followed. */
  readonly followsAliases: boolean
  /** Whether missing keys are created. */
  readonly creates: boolean
  /** Whether `**` also visits collections, not only leaves. */
  readonly visitsCollections: boolean
  /** Whether to visit a node at the end of the path; all when absent. */
  readonly accepts?: (node: V3Node) => boolean
  readonly visit: (node: V3Node, place: Place) => void
  readonly matches: ElementMatch
}

/** Whether a path element matches a child with the key or text `name` at `place`. */
export type ElementMatch = (
  element: PathElement,
  node: V3Node,
  name: string,
  place: Place | undefined,
  log: WalkLog,
) => boolean

/** Receives the changes that a traversal makes before it reaches its targets. */
export interface WalkLog {
  readonly budget: ScriptBudget
  /** A missing node was created. */
  readonly created: (place: Place) => void
  /** A node of the wrong kind for the next element was replaced by an empty one. */
  readonly replaced: (place: Place, old: V3Node, kind: V3Kind) => void
}
