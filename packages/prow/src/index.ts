export { type ProwCode, ProwFault } from './prow-fault.ts'
export type { DecodedFile, SourceFile } from './decode/read-file.ts'
export { type Origin, Origins } from './decode/origins.ts'
export type { JobSettings, JobType } from './jobs/defaults.ts'
export { chooseJobFiles, type JobFiles } from './jobs/job-files.ts'
export { type EffectiveJob, LoadMemory, loadProw, type Prow, type ProwFiles } from './jobs/load-prow.ts'
export {
  countChanged,
  diffJobs,
  isNoChange,
  type JobGroup,
  type JobReference,
  type JobsDiff,
  type RenamedJob,
} from './diff/jobs-diff.ts'
export { formatJobsDiff, isJobsFormat, JOBS_FORMATS, type JobsFormat } from './diff/format-jobs-diff.ts'
export { jobsDiffData } from './diff/reports/json.ts'
export type { JobsReportOptions } from './diff/reports/report-options.ts'
export { summarizeJobs } from './diff/reports/describe-jobs.ts'
export { type ExplainedField, type ExplainedJob, explainJob, positionInJob } from './explain/explain-job.ts'
export { explanationJson, formatExplanation } from './explain/format-explanation.ts'
export type { FieldOrigin } from './explain/resolve-origin.ts'
export {
  type Cluster,
  type ClusterObject,
  type DeployedOverlay,
  type ProwCheck,
  type ProwCheckSource,
  readProwCheck,
  type Repository,
  repositoryOf,
} from './rules/prow-check.ts'
export { type ConfigSetting, DeployedConfig } from './rules/deployed-config.ts'
export type { Example, Rule } from '@overlay-render/check'
export { READING_RULES } from './rules/reading-rules.ts'
export { checkProw, PROW_RULES } from './rules/rules.ts'
export { checkKubeconfigs } from './clusters/check-kubeconfigs.ts'
export { contextsOf, type Kubeconfig, printKubeconfig, readKubeconfig } from './clusters/kubeconfig.ts'
export {
  isKubeconfigSemantics,
  KUBECONFIG_SEMANTICS,
  type KubeconfigSemantics,
  mergeKubeconfigs,
} from './clusters/merge-kubeconfigs.ts'
export {
  type Inventory,
  type InventoryEntry,
  inventoryJson,
  inventoryMarkdown,
  takeInventory,
} from './clusters/inventory.ts'
export { inlineScripts } from './rules/inline-scripts.ts'
export { type ChecklistStep, repositoryChecklist } from './rules/repository-checklist.ts'
