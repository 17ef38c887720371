import type { ResourceId, Value } from '@overlay-render/golden'
import type { Position } from '@overlay-render/system'

import type { ExplainStep } from './traced-value.ts'

/** A step that touched a resource. */
export interface ResourceStep extends ExplainStep {
  /** The file that the step reads, such as that of a patch; undefined when it has none. */
  readonly file: Position | undefined
  /** Whether the step changed the resource; undefined when that is unknown. */
  readonly changed: boolean | undefined
}

/** A value after a step that set it. */
export interface ValueStep {
  readonly step: ExplainStep
  /** The position that sets the value, as precisely as it is known. */
  readonly position: Position | undefined
  readonly value: Value
}

/** A scalar and the steps that set it. */
export interface ExplainedValue {
  /** In yq's path language. */
  readonly path: string
  readonly value: Value
  /** In the order in which they ran; the last one set the final value. */
  readonly steps: readonly ValueStep[]
}

/** Where a resource of an overlay, or values in it, come from. */
export interface Explanation {
  readonly overlay: string
  readonly resource: ResourceId
  /** The file, generator or template that it comes from, and each step that touched it, in order. */
  readonly steps: readonly ResourceStep[]
  /** With a path: each scalar that it selects, at most `MAX_EXPLAINED`. */
  readonly values: readonly ExplainedValue[]
  /** How many more values the path selects. */
  readonly more: number
  /** Why the steps may be incomplete or wrong; undefined when the whole build was traced. */
  readonly doubt: string | undefined
}

/** Most values that are explained for one path. */
export const MAX_EXPLAINED = 200

/** Explains resources and paths of one render. @param most how many values of a path; `MAX_EXPLAINED` when absent */
export type Explain = (resource: string, path?: string, most?: number) => Explanation
