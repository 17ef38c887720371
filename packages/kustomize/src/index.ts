export { combineFaults, type KustomizeCode, KustomizeFault } from './kustomize-fault.ts'
export { describePin, parseNamedPin, parsePin, type Pin } from './pin.ts'
export { compareVersions } from './versions/compare-versions.ts'
export type {
  ChartInput,
  GeneratorEntry,
  GeneratorName,
  GeneratorSource,
  GraphRoot,
  InputFile,
  InputGraph,
  InputRole,
  Mention,
  MissingInput,
  RemoteInput,
} from './graph/input-graph.ts'
export { type WantedFile, walkInputs, type WalkOptions } from './graph/walk-inputs.ts'
export {
  extendLock,
  type KustomizeLock,
  type LockedBinary,
  parseLock,
  writeLock,
} from './provide/kustomize-lock.ts'
export { OFFICIAL_DIGESTS, platformName } from './provide/official-digests.ts'
export type { Kustomize, Provider, ResolveOptions } from './provide/provider.ts'
export { resolveKustomize } from './provide/resolve-kustomize.ts'
export { buildKustomize, type BuildOptions, type BuildResult } from './build/build-kustomize.ts'
export { prepareSchema, takesSchema } from './schema/prepare-schema.ts'
export type { ApiDocument, ApiSchema, ApiType } from './schema/api-schema.ts'
export { loadApi } from './schema/load-api.ts'
export {
  vendoredFilePath,
  type GitLocation,
  parseGitRemote,
  holdsCredentials,
  remoteKey,
  vendoredRepositoryPath,
} from './vendor/remote-location.ts'
export { type Redirect, redirectReferences } from './vendor/redirect-reference.ts'
export {
  digestOfFiles,
  parseVendored,
  parseVendoredCharts,
  printVendored,
  sha256Of,
  splitLock,
  type VendoredRemote,
} from './vendor/vendor-lock.ts'
export { KUSTOMIZATION_NAMES } from './graph/kustomization-fields.ts'
export { isGitRemote, isUrl } from './graph/remote-name.ts'
export {
  type BuildTrace,
  effectsOf,
  type ResourceState,
  type StepEffect,
  traceBuild,
  type TracedResource,
  type TraceOptions,
} from './trace/build-trace.ts'
export { type BuildStep, type StepField, type TracedRoot } from './trace/build-steps.ts'
export type { PatchSource } from './trace/read-patches.ts'
export type { Probe } from './trace/probes.ts'
export type { Sections } from './trace/read-manifests.ts'
export { DefinedObjects, type ObjectName } from './build/defined-objects.ts'
export { type FieldPath, type ListItem, positionOfField, type SourcePath } from './build/field-path.ts'
export type { BuildInputs } from './build/find-resources.ts'
export { writeStaged } from './build/write-staged.ts'
export { readReplacements, type ReplacementSource } from './trace/read-replacements.ts'
export { applyImage } from './trace/apply-image.ts'
export type { ResourceOrigin } from './trace/origins.ts'
export { fieldOf, itemsOf, textOf } from './graph/value-fields.ts'
export type { Entry as ValueEntry, Value as KustomizationValue } from './graph/yaml-value.ts'
export { emptyGraph } from './graph/input-graph.ts'
export {
  type ChartLock,
  chartKey,
  type RecordedRender,
  printChartLock,
  type VendoredChart,
} from './charts/chart-lock.ts'
export {
  chartOf,
  type HelmAnswer,
  recordedAnswers,
  writeHelmRecorder,
  writeHelmStub,
  type HelmStub,
} from './charts/helm-stub.ts'
export { unpackChart } from './charts/unpack-chart.ts'
export { type Helm, findHelmVersion, resolveHelm } from './provide/resolve-helm.ts'
