export { type CheckFinding, type Rule, type RuleSets } from '@overlay-render/check'
export type { CheckOptions } from './check/check-workspace.ts'
export type { ConfigChange, Dialect, PrintMode, RenderedConfig } from '@overlay-render/configs'
export type { GoldenCheck, GoldenUpdate, ManifestDiff, Resource, ResourceId } from '@overlay-render/golden'
export type { PinComparison } from './pin-comparison.ts'
export type { SelectionChange } from './pin-selections.ts'
export { describePin, type Kustomize, type Pin } from '@overlay-render/kustomize'
export { Fault, type Finding, type Observation, type Position } from '@overlay-render/system'
export { type Boundary, findBoundary } from './boundary.ts'
export { type CacheInfo, type CacheOptions, RenderCache } from './cache/render-cache.ts'
export { openRemoteCache, type RemoteCacheSettings } from './cache/remote/open-remote-cache.ts'
export type { RemoteTimeouts, RemoteStore } from './cache/remote/remote-store.ts'
export { cacheFolder } from './cache/cache-folder.ts'
export type { ApplyCallOptions, ApplyOutcome } from './cluster/apply-step.ts'
export type { DeployTestCallOptions } from './cluster/deploy-test-step.ts'
export { type LiveDiff, type LiveDiffOptions, liveSide } from './cluster/live-comparison.ts'
export type { PlanCallOptions } from './cluster/plan-step.ts'
export type { GoldenOptions, GoldenResult, WorkspaceGolden } from './golden-step.ts'
export type { WrittenFile } from './outputs.ts'
export {
  type FailedOverlay,
  initWorkspace,
  type Initialized,
  type InitOptions,
} from './init/init-workspace.ts'
export { describeLeft, type LeftOverlay } from './init/print-config.ts'
export type { Overlay } from './overlays.ts'
export type { RenderOptions, ProwCheckOptions, RenderAllOptions, SecretOptions } from './pipeline-context.ts'
export type { Batch, CallOptions, OnProgress, Progress, StepName } from './progress.ts'
export { type RenderCode, RenderFault } from './render-fault.ts'
export type { Rendered, RenderedConfigs, RenderResult } from './rendered.ts'
export type { Affected, AffectedOverlays, Reason } from './review/affected.ts'
export type { FilesInNoOverlay } from './review/files-in-no-overlay.ts'
export type { Review, ReviewedOverlay, ReviewOptions } from './review/review.ts'
export { inShard, parseShard, type Shard } from './review/shard.ts'
export { mergeReviewParts, type NamedPart } from './review/part/merge-parts.ts'
export type { ReviewPart } from './review/part/part.ts'
export { readReviewPart } from './review/part/read-part.ts'
export { writeReviewPart } from './review/part/write-part.ts'
export type { SecretFile } from './secret-step.ts'
export { type SecretForm, stubSecret } from './stub-secrets.ts'
export { WatchControl } from './watch/watch-control.ts'
export type {
  WatchedFailure,
  WatchedOverlay,
  WatchedRender,
  WatchOptions,
  WatchRound,
} from './watch/watch-overlays.ts'
export { type OpenOptions, openWorkspace } from './open-workspace.ts'
export type { Workspace } from './workspace.ts'
export type {
  ConfigSettings,
  EditSetting,
  OverlaySettings,
  SecretMode,
  TemplateSetting,
  WorkspaceConfig,
} from './workspace-config.ts'
export type { OverlayUpdate, UpdateOptions, UrlChange, VendorUpdate } from './vendor/update-vendored.ts'
export type { VendorFinding, VendorOutcome } from './vendor/vendor-outcome.ts'
export type { VendorOptions } from './vendor/vendor-workspace.ts'
export type { FileValue, TemplateValue } from './templates/value-setting.ts'
export { readProwSide } from './prow/prow-sides.ts'
export { type RenderedClusters, renderClusters } from './prow/clusters.ts'
export type { ExplainedValue, Explanation, ResourceStep, ValueStep } from './explain/explanation.ts'
export type { ExplainStep } from './explain/traced-value.ts'
export type { TracedRender } from './pipeline.ts'
export { explanationJson, formatExplanation } from './explain/format-explanation.ts'
export type { Explain } from './explain/explanation.ts'
export { STUB_PATTERN } from './stub-secrets.ts'
export { BASELINE_FILE, readKeptBaseline } from './check/kept-baseline.ts'
