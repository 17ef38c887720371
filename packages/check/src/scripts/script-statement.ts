import type { ConfigChange } from '@overlay-render/configs'
import type { Position } from '@overlay-render/system'
import type { Node } from '@overlay-render/yq'

import type { Step } from './paths.ts'

/** One thing that a script does. */
export interface ScriptStatement {
  readonly position: Position
  /** As messages show it: its first line, shortened. */
  readonly shown: string
  /** What it did to the data of this base; comments and styles are no data. */
  readonly effects: readonly ScriptEffect[]
  /** Whether it is there to change data, and what it did is known. */
  readonly isChange: boolean
  /** The path that is written out for what it changes; undefined for patterns, and where indexes may have shifted. */
  readonly target: readonly Step[] | undefined
  /** Whether it puts a value that is written out at its target. */
  readonly isSet: boolean
  /** Whether it takes away. */
  readonly isDelete: boolean
  /** The keys that it reads; undefined when it may read anything. */
  readonly reads: ReadonlySet<string> | undefined
}

export interface ScriptEffect {
  readonly kind: string
  readonly path: readonly Step[]
}

/** What statements are read from. */
export interface StatementSource {
  readonly file: string
  readonly text: string
  readonly base: Node
  readonly changes: readonly ConfigChange[]
}
