import type { ConfigChange } from '@overlay-render/configs'
import type { Position } from '@overlay-render/system'
import type { Node } from '@overlay-render/yq'

import type { Step } from './paths.ts'

/** A statement of a script. */
export interface ScriptStatement {
  readonly position: Position
  /** Its text in messages: the first line, shortened. */
  readonly shown: string
  /** Its changes of the data of this base; comments and styles are not data. */
  readonly effects: readonly ScriptEffect[]
  /** Whether it is meant to change data, and its effects are known. */
  readonly isChange: boolean
  /** The plain path that it changes; undefined for patterns, and if indexes may have shifted. */
  readonly target: readonly Step[] | undefined
  /** Whether it sets its target to a constant. */
  readonly isSet: boolean
  /** Whether it deletes its target. */
  readonly isDelete: boolean
  /** The keys that it reads; undefined when it may read anything. */
  readonly reads: ReadonlySet<string> | undefined
}

/** A change that a statement made. */
export interface ScriptEffect {
  readonly kind: string
  readonly path: readonly Step[]
}

/** The input for reading statements. */
export interface StatementSource {
  readonly file: string
  readonly text: string
  readonly base: Node
  readonly changes: readonly ConfigChange[]
}
