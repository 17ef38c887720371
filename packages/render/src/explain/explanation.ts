import type { ResourceId, Value } from '@overlay-render/golden'
import type { Position } from '@overlay-render/system'

import type { ExplainStep } from './traced-value.ts'

/** A step that touched a resource. */
export interface ResourceStep extends ExplainStep {
  /** The file that the step reads, such as that of a patch; undefined where it has none of its own. */
  readonly file: Position | undefined
  /** Whether the resource is another after it. Undefined where that is not known. */
  readonly changed: boolean | undefined
}

/** A value after a step that set it. */
export interface ValueStep {
  readonly step: ExplainStep
  /** The place that gives the value, as near as it is known. */
  readonly position: Position | undefined
  readonly value: Value
}

export interface ExplainedValue {
  /** In yq's path language. */
  readonly path: string
  readonly value: Value
  /** In the order in which they ran; the last one gave it the value that it has. */
  readonly steps: readonly ValueStep[]
}

/** Where a resource of an overlay, or values in it, come from. */
export interface Explanation {
  readonly overlay: string
  readonly resource: ResourceId
  /** The file, generator or template that it begins with, and each step that touched it, in order. */
  readonly steps: readonly ResourceStep[]
  /** With a path: each scalar that it selects, at most `MAX_EXPLAINED`. */
  readonly values: readonly ExplainedValue[]
  /** How many more values the path selects. */
  readonly more: number
  /** Why the steps may not be all, or the right ones. Undefined where the build was followed to its end. */
  readonly doubt: string | undefined
}

/** As many values of one path are explained. */
export const MAX_EXPLAINED = 200

/** Explains resources and paths of one render. @param most how many values of a path; `MAX_EXPLAINED` when absent */
export type Explain = (resource: string, path?: string, most?: number) => Explanation
