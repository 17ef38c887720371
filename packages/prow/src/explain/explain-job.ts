import { isList, member, type Value, type ValueMap } from '@overlay-render/golden'
import { nearestNames, type Position } from '@overlay-render/system'

import type { JobReference } from '../diff/jobs-diff.ts'
import { referTo } from '../diff/jobs-diff.ts'
import type { Origins } from '../decode/origins.ts'
import { type EffectiveJob, fillIn, type Prow } from '../jobs/load-prow.ts'
import { ProwFault } from '../prow-fault.ts'
import { findInJob, formatPath } from './job-path.ts'
import { childrenOf, type Place, viaOf } from './job-places.ts'
import { type FieldOrigin, resolveOrigin } from './resolve-origin.ts'

/** A field of an effective job, and the origin of its value. */
export interface ExplainedField {
  /** Such as `spec.containers[0].env[name=GOPROXY].value`. */
  readonly path: string
  readonly value: Value
  readonly origin: FieldOrigin
}

/** A job, and where its fields come from. */
export interface ExplainedJob {
  readonly job: JobReference
  readonly fields: readonly ExplainedField[]
}

/**
 * Explains which file, preset, default or line of the config sets each field of the jobs with this name, or each field below
 * `path`.
 *
 * @throws ProwFault `job-unknown` or `path-unknown`, with the nearest names
 */
export function explainJob(prow: Prow, name: string, path?: string): ExplainedJob[] {
  const jobs = prow.jobs.filter((job) => job.name === name)
  if (jobs.length === 0) throw unknownJob(prow, name)
  const explained = jobs.map((job) => ({ job: referTo(job), fields: explainOne(prow, job, path) }))
  if (explained.every(({ fields }) => fields.length === 0)) {
    throw new ProwFault({
      code: 'path-unknown',
      message: `the job ${name} has no field ${path ?? ''}`,
      hint: 'leave the path out to see all fields',
    })
  }
  return explained.filter(({ fields }) => fields.length > 0)
}

function unknownJob(prow: Prow, name: string): ProwFault {
  const nearest = nearestNames(
    name,
    prow.jobs.map((job) => job.name),
  )
  return new ProwFault({
    code: 'job-unknown',
    message: `there is no job ${name}`,
    hint: nearest.length === 0 ? 'give the value of its name field' : `did you mean ${nearest.join(' or ')}?`,
  })
}

function explainOne(prow: Prow, job: EffectiveJob, path: string | undefined): ExplainedField[] {
  const { origins } = prow
  const fields: ExplainedField[] = []
  for (const start of findInJob(fillAgain(prow, job), path, origins)) fields.push(...leaves(start, origins))
  return fields
}

/** Fills in the job again, this time with a record of all origins. */
function fillAgain({ settings, presets, origins }: Prow, job: EffectiveJob): ValueMap {
  return fillIn(
    { type: job.type, repo: job.repo, job: job.written },
    { settings, presets, origins, position: job.position, report: () => {} },
  )
}

/** The position at which a field of an effective job, or its nearest written parent, is written: in its file, a preset or the config. */
export function positionInJob(prow: Prow, job: EffectiveJob, place: readonly (string | number)[]): Position {
  let position = job.position
  let value: Value | undefined = fillAgain(prow, job)
  for (const step of place) {
    if (typeof value !== 'object' || value === null) break
    const key = String(step)
    const holder: object = value
    value = isList(value) ? value[Number(step)] : member(value, key)
    const own = typeof value === 'object' && value !== null ? prow.origins.positionOf(value) : undefined
    const written = prow.origins.originOf(holder, key) && prow.origins.positionOfField(holder, key)
    position = written ?? own ?? position
  }
  return position
}

function leaves(start: Place, origins: Origins): ExplainedField[] {
  const found: ExplainedField[] = []
  const pending = [start]
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    const { value } = place
    const via = viaOf(place, origins)
    const children = childrenOf({ value, path: place.path, via })
    if (children.length > 0) {
      pending.push(...children.toReversed())
      continue
    }
    const origin = resolveOrigin({ ...place, via }, origins)
    // A field without an origin is Go's zero value.
    if (origin !== undefined) found.push({ path: formatPath(place.path), value, origin })
  }
  return found
}
