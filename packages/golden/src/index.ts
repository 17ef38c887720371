export {
  type Change,
  formatKey,
  formatPath,
  type Hunk,
  type Ignored,
  type KeyValue,
  type Line,
  type ManifestDiff,
  type Moved,
  type Path,
  type Reordered,
  type ResourceChange,
  type Step,
  type TextChanged,
  type ValueAdded,
  type ValueRemoved,
  type ValueReplaced,
} from './diff/change.ts'
export { compareValues } from './diff/compare-values.ts'
export { diffManifests, type DiffOptions } from './diff/diff-manifests.ts'
export { type Effect, EFFECT_TITLES, effects } from './effects/effects.ts'
export { isSameQuantity } from './effects/first-difference.ts'
export { isQuantity } from './effects/quantity.ts'
export { isDefaultValue } from './effects/server-defaults.ts'
export { describeChange, type ShownChange } from './reports/describe-change.ts'
export type { ShownLine } from './reports/shown-line.ts'
export { htmlHead } from './reports/html-head.ts'
export { HTML_STYLE } from './reports/html-style.ts'
export { escapeText } from './reports/html-lines.ts'
export { escapeXml } from './reports/junit.ts'
export { changeJson, reportData } from './reports/json.ts'
export { printable } from '@overlay-render/system'
export { type GoldenCode, GoldenFault } from './golden-fault.ts'
export { formatDiff, formatReport } from './reports/format-diff.ts'
export { REPORT_FORMATS, reportFormat, type ReportFormat } from './reports/report-format.ts'
export { textReport } from './reports/text.ts'
export {
  type ComparedEntry,
  type Counts,
  countsOf,
  differs,
  type FailedEntry,
  type NoteEntry,
  formatCounts,
  plural,
  type ReportEntry,
  type ReportOptions,
} from './reports/report.ts'
export { Manifests, parseManifests, type ParseOptions, Resource } from './resources/manifests.ts'
export { compareIds, formatId, groupOf, idKey, type ResourceId } from './resources/resource-id.ts'
export { isBase64 } from './redaction/base64.ts'
export { isSecretKind } from './redaction/secret-kind.ts'
export { duplicateFindings } from './diff/duplicate-findings.ts'
export { isValue, parseLossless, writeLossless } from './lossless/lossless-json.ts'
export { parseFile } from './resources/embedded-file.ts'
export { entriesOfField, mapsOf, textOf, textsOf } from './resources/fields.ts'
export { secretFindings } from './redaction/secret-findings.ts'
export {
  equalValues,
  isList,
  isMap,
  member,
  memberAt,
  Redacted,
  setMember,
  toJson,
  type Value,
  type ValueMap,
} from './resources/value.ts'
export {
  checkRules,
  type DiffRules,
  type IgnoreRule,
  type KeyRule,
  type PathRule,
  type RedactRule,
  type ResourceSelector,
} from './rules/diff-rules.ts'
export { keysOfList } from './rules/list-keys.ts'
export { checkOverlayName, type GoldenLayout } from './store/golden-files.ts'
export {
  type GoldenCheck,
  GoldenStore,
  type GoldenStoreOptions,
  type GoldenUpdate,
} from './store/golden-store.ts'
export type { GoldenPlan } from './store/plan-update.ts'
export { type GoldenFileChange, goldenPatch } from './store/golden-patch.ts'
