import type { ResourceId } from '@overlay-render/golden'

/** What is done with an object. */
export type StepAction =
  /** The object is new. */
  | 'create'
  | 'change'
  /** Deleted and created again, because the API server refuses the change. */
  | 'replace'
  /** Nothing is done: the object is as the manifests say. */
  | 'leave'
  /** The object is no longer in the manifests, and stays in the cluster. */
  | 'keep'
  /** The object is no longer in the manifests, and is deleted. */
  | 'prune'

/** What applying does with one object. */
export interface PlanStep {
  readonly id: ResourceId
  readonly action: StepAction
  /** `server` where the object is too large for the annotation of client-side apply. */
  readonly apply: 'client' | 'server'
  /** Why the step is taken, and its other consequences; may be empty. */
  readonly reasons: readonly string[]
  /** Whether to wait until its pods are replaced. */
  readonly waits: boolean
}
