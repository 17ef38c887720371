import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { diffManifests, type Effect, effects, parseManifests } from '../src/index.ts'
import type { JsonMap } from './effects/case.ts'
import { type EffectCase, effectCases } from './effects/cases.ts'

/** The reaction of kube-apiserver 1.34.2 to a change (recorded by scripts/record/effects.js). */
interface Answer {
  readonly key: string
  readonly refused?: string
  /** Whether the pod template differs for the server. */
  readonly newTemplate?: boolean
  /** Whether the copy of client-side apply is too large. */
  readonly tooLong?: boolean
}

const recorded = readFileSync(join(import.meta.dirname, 'effects/server-answers.ndjson'), 'utf8')
const answers = new Map(
  recorded
    .trimEnd()
    .split('\n')
    .map((line): Answer => JSON.parse(line))
    .map((answer) => [answer.key, answer]),
)

function effectsOf(before: JsonMap, after: JsonMap): Effect[] {
  const read = (value: JsonMap, file: string) => parseManifests(JSON.stringify(value), { file })
  return effects(diffManifests(read(before, 'before'), read(after, 'after')))
}

/** The change in one short line, for the test name. */
function titleOf({ kind, patch }: EffectCase): string {
  return `${String(kind.before['kind'])}: ${JSON.stringify(patch).slice(0, 160)}`
}

/** Kinds whose pod templates have running pods. */
const ROLLING = new Set(['Deployment', 'StatefulSet', 'DaemonSet'])

/** The computed effects, in the format of the record. */
function verdictOf({ kind, after }: EffectCase): Verdict {
  const kinds = new Set(effectsOf(kind.before, after).map((effect) => effect.kind))
  return {
    refused: kinds.has('refused'),
    rolls: kinds.has('pods-roll'),
    serverSide: kinds.has('needs-server-side-apply'),
  }
}

interface Verdict {
  readonly refused: boolean
  readonly rolls: boolean
  readonly serverSide: boolean
}

/** The recorded effects. Rollouts are not recorded, because the server runs without controllers. */
function recordedVerdict({ kind, after }: EffectCase): Verdict {
  const key = createHash('sha256')
    .update(JSON.stringify([kind.before, after]))
    .digest('hex')
    .slice(0, 16)
  const answer = answers.get(key)
  if (answer === undefined) throw new Error('record it with node scripts/record/effects.js')
  const refused = answer.refused !== undefined
  const workload = ROLLING.has(String(kind.before['kind']))
  return {
    refused,
    rolls: workload && answer.newTemplate === true && podsRun(kind.before, after),
    serverSide: !refused && answer.tooLong === true,
  }
}

/** Whether a new template replaces pods. */
function podsRun(before: JsonMap, after: JsonMap): boolean {
  const { replicas = 1, paused, ordinals, updateStrategy } = specOf(after)
  if (replicas === 0 || specOf(before).replicas === 0 || paused === true) return false
  const pods = (replicas ?? 1) + (ordinals?.start ?? 0)
  return updateStrategy?.type !== 'OnDelete' && (updateStrategy?.rollingUpdate?.partition ?? 0) < pods
}

interface WorkloadSpec {
  readonly replicas?: number | null
  readonly paused?: boolean
  readonly ordinals?: { readonly start: number }
  readonly updateStrategy?: {
    readonly type?: string
    readonly rollingUpdate?: { readonly partition?: number } | null
  } | null
}

function specOf(workload: JsonMap): WorkloadSpec {
  return JSON.parse(JSON.stringify(workload['spec'] ?? {}))
}

test.each(effectCases().map((one): [string, EffectCase] => [titleOf(one), one]))(
  'as the API server does it: %s',
  (_, one) => {
    expect(verdictOf(one)).toEqual(recordedVerdict(one))
  },
)
