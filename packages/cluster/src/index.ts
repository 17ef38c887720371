export { type ClusterCode, ClusterFault } from './cluster-fault.ts'
export { deployTest, type DeployTest, type DeployTestOptions } from './deploy-test/deploy-test.ts'
export { deployTestJson, deployTestJunit, formatDeployTest } from './deploy-test/deploy-test-report.ts'
export { safeEnvironment } from './find-kubectl.ts'
export { findAsset, findServerPrograms } from './throw-away/find-programs.ts'
export { THROW_AWAY_CONTEXT } from './throw-away/identity.ts'
export {
  type ServerPrograms,
  startThrowAwayServer,
  type ThrowAwayServer,
} from './throw-away/throw-away-server.ts'
export {
  IN_CLUSTER,
  Kubectl,
  type KubectlAnswer,
  type KubectlCall,
  type KubectlOptions,
  openKubectl,
} from './kubectl.ts'
export { type SecretStubs } from './live/as-stored.ts'
export { type Extra, readExtras } from './live/extras.ts'
export { compareLive, readLiveManifests, type LiveComparison, type LiveOptions } from './live/compare-live.ts'
export { findGone, type GoneOptions } from './live/find-gone.ts'
export { unreadFindings } from './live/unread-findings.ts'
export { FIELD_MANAGER, managerOf } from './live/managed-fields.ts'
export { liveKey, readLive, type LiveRead, type Unread } from './live/read-live.ts'
export {
  type Applied,
  type ApplyOptions,
  applyPlan,
  rolloutLines,
  runStep,
  stateLines,
} from './apply/apply-plan.ts'
export { type WaitedRollout } from './apply/wait-for-rollouts.ts'
export { type ObjectFinding, resourceData } from './plan/object-finding.ts'
export { type SavedPlan, readSavedPlan } from './plan/saved-plan.ts'
export { namesOf } from './plan/named-objects.ts'
export { planHtml } from './plan/plan-html.ts'
export { askServer } from './plan/ask-server.ts'
export { formatPlan, planJson, planScript } from './plan/format-plan.ts'
export {
  type ComparedState,
  type GoneObject,
  makePlan,
  type Plan,
  planOf,
  type PlanOptions,
} from './plan/plan.ts'
export type { PlanStep, StepAction } from './plan/plan-step.ts'
export { isSameSeal, type PlanSeal } from './plan/plan-seal.ts'
export { doesSomething, formatStep } from './plan/step-words.ts'
