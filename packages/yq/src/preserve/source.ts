import type { Node } from '../tree/node.ts'
import type { TextStyle } from './neighbour-style.ts'

/** A tree with the text that it was read from. */
export interface Source {
  readonly text: string
  /** See `ReadOptions.indicators`. */
  readonly indicators: ReadonlyMap<Node, number>
  readonly style: TextStyle
}
