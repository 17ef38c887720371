export { type ClusterCode, ClusterFault } from './cluster-fault.ts'
export { THROW_AWAY_CONTEXT } from './throw-away/identity.ts'
export {
  type ServerPrograms,
  startThrowAwayServer,
  type ThrowAwayServer,
} from './throw-away/throw-away-server.ts'
export { Kubectl, type KubectlAnswer, type KubectlCall, type KubectlOptions, openKubectl } from './kubectl.ts'
export { compareLive, type LiveComparison, type LiveOptions } from './live/compare-live.ts'
export { FIELD_MANAGER } from './live/managed-fields.ts'
export { liveKey, readLive, type LiveRead, type Unread } from './live/read-live.ts'
export { type Applied, type ApplyOptions, applyPlan, runStep } from './apply/apply-plan.ts'
export { askServer } from './plan/ask-server.ts'
export { formatPlan, planJson, planScript } from './plan/format-plan.ts'
export { makePlan, type Plan, planOf, type PlanOptions, type PlanStep, type StepAction } from './plan/plan.ts'
export { doesSomething, formatStep } from './plan/step-words.ts'
