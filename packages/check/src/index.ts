export type { Example, Rule } from './rule.ts'
export { type CheckInputs, RULES, type RuleSets, runRules, withRules } from './rule-sets.ts'
export { type ScriptCheck, scriptExample } from './scripts/script-check.ts'
export type { OverlaySources, SourceCheck } from './kustomizations/source-check.ts'
export { type ManifestCheck, manifestExample, type ProvidedObject } from './manifests/manifest-check.ts'
export { type PodNeed, podNeeds } from './manifests/pod-needs.ts'
export { configUpdaterObjects } from './manifests/config-updater-objects.ts'
export { about } from './manifests/about.ts'
export { type CheckFinding, groupByOverlay } from './findings/group-by-overlay.ts'
export type {
  BuildCheck,
  ImageFact,
  OperationFact,
  PatchFact,
  ReplacementFact,
  SelectedFact,
} from './builds/build-check.ts'
export { buildFacts } from './builds/build-facts.ts'
