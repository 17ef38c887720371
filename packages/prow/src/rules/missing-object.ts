import { podNeeds, type Rule } from '@overlay-render/check'
import { isMap, member, type Value } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import type { EffectiveJob, Prow } from '../jobs/load-prow.ts'
import { textOf, textsOf } from '../jobs/repository.ts'
import { type ClusterObject, example, type ProwCheck } from './prow-check.ts'
import { providedObjects } from './provided-objects.ts'

/** An object without which a job's pod cannot start. */
interface Needed {
  readonly kind: string
  readonly name: string
  /** The part of the job that needs it, for the position. */
  readonly from: object
}

/** The objects that a job's pod waits for, including those of its decoration. Optional objects are left out. */
export function neededObjects({ job }: EffectiveJob): Needed[] {
  const spec = member(job, 'spec')
  return isMap(spec) ? [...podNeeds(spec), ...decorationObjects(member(job, 'decoration_config'))] : []
}

function decorationObjects(decoration: Value | undefined): Needed[] {
  if (!isMap(decoration)) return []
  const secrets = [
    textOf(decoration, 'gcs_credentials_secret'),
    textOf(decoration, 's3_credentials_secret'),
    textOf(decoration, 'cookiefile_secret').split('/')[0] ?? '',
    textOf(member(decoration, 'oauth_token_secret'), 'name'),
    textOf(member(decoration, 'github_app_private_key_secret'), 'name'),
    ...textsOf(decoration, 'ssh_key_secrets'),
  ]
  return secrets.filter((name) => name !== '').map((name) => ({ kind: 'Secret', name, from: decoration }))
}

interface Miss {
  readonly context: string
  readonly needed: Needed
  readonly jobs: EffectiveJob[]
}

function keysOf(objects: readonly ClusterObject[]): ReadonlySet<string> {
  return new Set(providedObjects(objects).map(({ kind, namespace, name }) => `${kind} ${namespace} ${name}`))
}

function findMisses({ prow, clusters }: ProwCheck): Miss[] {
  const byContext = new Map(clusters.map(({ context, objects }) => [context, keysOf(objects)]))
  const misses = new Map<string, Miss>()
  for (const job of prow.jobs) {
    const context = textOf(job.job, 'cluster')
    const objects = byContext.get(context)
    if (objects === undefined || textOf(job.job, 'agent') !== 'kubernetes') continue
    const namespace = textOf(job.job, 'namespace')
    for (const needed of neededObjects(job)) {
      const { kind, name } = needed
      if (objects.has(`${kind} ${namespace} ${name}`)) continue
      const key = `${context} ${kind} ${name}`
      const miss = misses.get(key)
      if (miss === undefined) misses.set(key, { context, needed, jobs: [job] })
      else if (!miss.jobs.includes(job)) miss.jobs.push(job)
    }
  }
  return [...misses.values()]
}

function finding({ context, needed, jobs }: Miss, { origins }: Prow): Finding {
  const [first] = jobs
  const { kind, name } = needed
  const who = jobs.length === 1 ? `the job ${first?.name ?? ''} needs` : `${jobs.length} jobs need`
  return {
    rule: 'missing-object',
    severity: 'error',
    message: `${who} the ${kind} ${name} in the cluster ${context}, where the namespace ${first === undefined ? '' : textOf(first.job, 'namespace')} does not have it`,
    position: origins.positionOf(needed.from) ?? first?.position,
    hint: `render it in the overlay of ${context}, declare it under provides, or remove the preset or the mount`,
  }
}

/** Objects that jobs need and their cluster lacks. */
export const missingObject: Rule<ProwCheck> = {
  name: 'missing-object',
  severity: 'error',
  doc: 'Jobs mount an object that their cluster does not have, so their pods never start.',
  check: (input) => findMisses(input).map((miss) => finding(miss, input.prow)),
  examples: {
    fires: [
      example(
        'a preset on a cluster without its Secret',
        {
          jobs: `presets:
- {labels: {p: "1"}, volumes: [{name: v, secret: {secretName: token}}]}
periodics:
- {name: a, cluster: build, labels: {p: "1"}, interval: 1h, SPEC}`,
        },
        { clusters: [{ context: 'build', overlay: 'workloads', objects: [] }] },
      ),
      example(
        'the Secret of another namespace',
        {
          jobs: 'periodics:\n- {name: a, cluster: build, interval: 1h, spec: {serviceAccountName: sa, containers: [{image: i}]}}',
        },
        {
          clusters: [
            {
              context: 'build',
              overlay: 'w',
              objects: [{ kind: 'ServiceAccount', namespace: 'other', name: 'sa' }],
            },
          ],
        },
      ),
    ],
    silent: [
      example(
        'a Secret that the overlay renders',
        {
          jobs: 'periodics:\n- {name: a, cluster: build, interval: 1h, spec: {volumes: [{name: v, secret: {secretName: token}}], containers: [{image: i}]}}',
        },
        {
          clusters: [
            {
              context: 'build',
              overlay: 'w',
              objects: [{ kind: 'Secret', namespace: 'default', name: 'token' }],
            },
          ],
        },
      ),
      example(
        'an optional mount',
        {
          jobs: 'periodics:\n- {name: a, cluster: build, interval: 1h, spec: {volumes: [{name: v, secret: {secretName: token, optional: true}}], containers: [{image: i}]}}',
        },
        { clusters: [{ context: 'build', overlay: 'w', objects: [] }] },
      ),
      example(
        'a Secret of an ExternalSecret',
        {
          jobs: 'periodics:\n- {name: a, cluster: build, interval: 1h, spec: {volumes: [{name: v, secret: {secretName: token}}], containers: [{image: i}]}}',
        },
        {
          clusters: [
            {
              context: 'build',
              overlay: 'w',
              objects: [
                {
                  kind: 'ExternalSecret',
                  namespace: 'default',
                  name: 'x',
                  value: { spec: { target: { name: 'token' } } },
                },
              ],
            },
          ],
        },
      ),
      example(
        'an unknown cluster',
        {
          jobs: 'periodics:\n- {name: a, cluster: other, interval: 1h, spec: {serviceAccountName: sa, containers: [{image: i}]}}',
        },
        { clusters: [{ context: 'build', overlay: 'w', objects: [] }] },
      ),
    ],
  },
}
