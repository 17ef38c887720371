import type { CheckFinding } from '@overlay-render/check'
import {
  type Change,
  isMap,
  isValue,
  type ManifestDiff,
  type Path,
  type ResourceChange,
  type ResourceId,
  type Value,
  type ValueMap,
} from '@overlay-render/golden'
import type { JobGroup, JobReference, JobsDiff, RenamedJob } from '@overlay-render/prow'
import type { FaultOptions, Finding, Position } from '@overlay-render/system'
import * as v from 'valibot'

import { PART_VERSION, type PartFile, type PartOverlay } from './part.ts'

// The schema of a part of a review. A part is untrusted input, so every member is checked and unknown members are refused.

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const texts = v.array(v.string())
const maybe = <Output>(schema: v.GenericSchema<unknown, Output>) => v.union([schema, v.undefined()])

const position: v.GenericSchema<unknown, Position> = v.strictObject({
  file: v.string(),
  line: count,
  column: count,
})

const ofFinding = {
  rule: v.string(),
  severity: v.picklist(['error', 'warning', 'info']),
  message: v.string(),
  position: v.optional(position),
  object: v.optional(v.string()),
  hint: v.optional(v.string()),
}
const finding: v.GenericSchema<unknown, Finding> = v.strictObject(ofFinding)
const checkFinding: v.GenericSchema<unknown, CheckFinding> = v.strictObject({ ...ofFinding, overlays: texts })

const fault: v.GenericSchema<unknown, FaultOptions<string>> = v.strictObject({
  code: v.string(),
  message: v.string(),
  position: v.optional(position),
  source: v.optional(v.string()),
  hint: v.optional(v.string()),
  details: v.optional(texts),
  verbose: v.optional(v.string()),
  blame: v.optional(v.picklist(['input', 'program'])),
})

const value = v.custom<Value>(isValue, 'Expected a value of a manifest')
const valueMap = v.custom<ValueMap>(
  (data) => isValue(data) && isMap(data),
  'Expected an object of a manifest',
)

const id: v.GenericSchema<unknown, ResourceId> = v.strictObject({
  apiVersion: v.string(),
  kind: v.string(),
  namespace: v.string(),
  name: v.string(),
})

const path: v.GenericSchema<unknown, Path> = v.array(
  v.variant('kind', [
    v.strictObject({ kind: v.literal('key'), key: v.string() }),
    v.strictObject({ kind: v.literal('index'), index: count, label: v.optional(v.string()) }),
    v.strictObject({
      kind: v.literal('item'),
      fields: v.array(v.strictObject({ field: v.string(), value: v.string() })),
      index: count,
    }),
    v.strictObject({ kind: v.literal('file') }),
  ]),
)

const line = v.strictObject({ kind: v.picklist(['same', 'removed', 'added']), text: v.string() })

const change: v.GenericSchema<unknown, Change> = v.variant('kind', [
  v.strictObject({ kind: v.literal('added'), path, after: value }),
  v.strictObject({ kind: v.literal('removed'), path, before: value }),
  v.strictObject({ kind: v.literal('replaced'), path, before: value, after: value }),
  v.strictObject({
    kind: v.literal('reordered'),
    path,
    before: texts,
    after: texts,
    moved: v.array(v.strictObject({ name: v.string(), from: count, to: count })),
  }),
  v.strictObject({
    kind: v.literal('text'),
    path,
    reason: v.picklist(['lines', 'layout']),
    hunks: v.array(v.strictObject({ beforeStart: count, afterStart: count, lines: v.array(line) })),
    linesAdded: count,
    linesRemoved: count,
  }),
])

const resource: v.GenericSchema<unknown, ResourceChange> = v.strictObject({
  kind: v.picklist(['added', 'removed', 'changed', 'renamed']),
  id,
  previousId: maybe(id),
  changes: v.array(change),
  before: maybe(valueMap),
  after: maybe(valueMap),
  afterSize: maybe(count),
  afterDataSize: maybe(count),
})

const diff: v.GenericSchema<unknown, ManifestDiff> = v.strictObject({
  before: v.string(),
  after: v.string(),
  resources: v.array(resource),
  unchanged: count,
  ignored: v.array(v.strictObject({ rule: v.string(), count })),
  findings: v.array(finding),
})

const overlay: v.GenericSchema<unknown, PartOverlay> = v.strictObject({
  overlay: v.string(),
  change: v.picklist(['changed', 'added', 'removed']),
  reasons: v.array(
    v.strictObject({
      kind: v.picklist(['changed', 'added', 'removed', 'listing', 'configuration', 'not-readable']),
      path: v.string(),
      named: v.optional(position),
    }),
  ),
  diff: maybe(diff),
  fault: maybe(fault),
  faultBefore: maybe(fault),
  golden: maybe(
    v.strictObject({ overlay: v.string(), missing: v.boolean(), differs: v.boolean(), diff, ignored: count }),
  ),
  goldenFault: maybe(fault),
  findings: v.array(finding),
})

const job: v.GenericSchema<unknown, JobReference> = v.strictObject({
  type: v.picklist(['presubmit', 'postsubmit', 'periodic']),
  repo: maybe(v.string()),
  name: v.string(),
  branches: texts,
  position,
})
const jobGroup: v.GenericSchema<unknown, JobGroup> = v.strictObject({
  changes: v.array(change),
  jobs: v.array(job),
})
const renamedJob: v.GenericSchema<unknown, RenamedJob> = v.strictObject({
  before: job,
  after: job,
  changes: v.array(change),
})

const jobs: v.GenericSchema<unknown, JobsDiff> = v.strictObject({
  before: v.string(),
  after: v.string(),
  jobsBefore: count,
  jobsAfter: count,
  added: v.array(job),
  removed: v.array(job),
  renamed: v.array(renamedJob),
  changed: v.array(jobGroup),
  changedJobs: count,
  rewritten: count,
})

const shard = v.pipe(
  v.strictObject({ index: v.pipe(count, v.minValue(1)), count: v.pipe(count, v.maxValue(9999)) }),
  v.check(({ index, count: all }) => index <= all, 'Expected an index up to the count'),
)

/** The schemas that have a name of their own in the JSON Schema. */
export const partDefinitions: Readonly<Record<string, v.GenericSchema>> = {
  position,
  finding,
  fault,
  path,
  change,
  resource,
  diff,
  job,
  overlay,
}

/** The schema of a part of this version. */
export const partSchema: v.GenericSchema<unknown, PartFile> = v.strictObject({
  overlayRenderReviewPart: v.literal(PART_VERSION),
  shard,
  revision: v.string(),
  commit: v.pipe(v.string(), v.regex(/^[0-9a-f]{40,64}$/u)),
  reached: texts,
  unaffected: texts,
  findings: v.array(checkFinding),
  borrowsConfiguration: v.boolean(),
  orphans: texts,
  inNoOverlay: maybe(v.strictObject({ count, files: texts })),
  needsAttention: v.boolean(),
  overlays: v.array(overlay),
  jobs: maybe(jobs),
})
