export type { Example, Rule } from './rule.ts'
export { type CheckInputs, onlyRules, RULES, type RuleSets, runRules, withRules } from './rule-sets.ts'
export { type EarlierBase, type ScriptCheck, scriptExample } from './scripts/script-check.ts'
export { type PositionalPath, positionalPaths } from './scripts/positions.ts'
export {
  type OverlaySources,
  type RootSources,
  type SourceCheck,
  sourceExample,
} from './kustomizations/source-check.ts'
export { type ManifestCheck, manifestExample, type ProvidedObject } from './manifests/manifest-check.ts'
export { containersOf, podTemplatesOf } from './manifests/pod-templates.ts'
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
export { baselineKey, baselineKeys, newFindings, readBaseline, writeBaseline } from './findings/baseline.ts'
export { FINDING_FORMATS, type FindingFormat, formatFindings } from './findings/format-findings.ts'
export type { RuleText } from './findings/formats/sarif.ts'
export {
  applyRuleSettings,
  isOff,
  type RuleLevel,
  type RuleSetting,
  unknownRules,
} from './findings/rule-settings.ts'
export {
  type AssertedDocument,
  type Assertion,
  assertionRule,
  checkAssertions,
} from './assertions/assertion.ts'
export { type CheckCode, CheckFault } from './check-fault.ts'
