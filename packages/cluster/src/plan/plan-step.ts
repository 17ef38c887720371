import type { ResourceId } from '@overlay-render/golden'

/** What is done with an object. */
export type StepAction =
  /** The object is new. */
  | 'create'
  | 'change'
  /** Deleted and created again, because the API server refuses the change. */
  | 'replace'
  /** Nothing is done: it is as it should be. */
  | 'leave'
  /** It is no longer in the manifests, and stays in the cluster. */
  | 'keep'
  /** It is no longer in the manifests, and is deleted. */
  | 'prune'

/** What applying does with one object. */
export interface PlanStep {
  readonly id: ResourceId
  readonly action: StepAction
  /** `server` where client-side apply could not keep its copy of the object. */
  readonly apply: 'client' | 'server'
  /** Why, and what else it does; empty when there is nothing to say. */
  readonly reasons: readonly string[]
  /** Whether to wait until its pods are replaced. */
  readonly waits: boolean
}
