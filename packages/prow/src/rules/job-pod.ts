import { isMap, member, type Value } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import type { JobType } from '../jobs/defaults.ts'
import type { EffectiveJob } from '../jobs/load-prow.ts'
import { mapsOf, textOf, textsOf } from '../jobs/repository.ts'
import { atField, example, nameOf, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

const UTILITIES: ReadonlySet<string> = new Set(['clonerefs', 'initupload', 'entrypoint', 'sidecar'])
/** The volumes that decoration adds, and where it mounts those of the test container. */
const DECORATION_VOLUMES: readonly string[] = ['logs', 'code', 'tools', 'gcs-credentials', 's3-credentials']
const DECORATION_MOUNTS: ReadonlyMap<string, string> = new Map([
  ['logs', '/logs'],
  ['code', '/home/prow/go'],
  ['tools', '/tools'],
])
const ENV = ['CI', 'JOB_NAME', 'JOB_SPEC', 'JOB_TYPE', 'PROW_JOB_ID', 'BUILD_ID', 'BUILD_NUMBER']
const REFS_ENV = ['REPO_OWNER', 'REPO_NAME', 'PULL_BASE_REF', 'PULL_BASE_SHA', 'PULL_REFS']
const PULL_ENV = ['PULL_NUMBER', 'PULL_PULL_SHA', 'PULL_HEAD_REF', 'PULL_TITLE']
const RESERVED: Readonly<Record<JobType, ReadonlySet<string>>> = {
  periodic: new Set(ENV),
  postsubmit: new Set([...ENV, ...REFS_ENV]),
  presubmit: new Set([...ENV, ...REFS_ENV, ...PULL_ENV]),
}

function problems({ type, job }: EffectiveJob): string[] {
  const spec = member(job, 'spec')
  if (!isMap(spec)) return []
  const containers = mapsOf(spec, 'containers')
  const decoration = member(job, 'decoration_config')
  if (containers.length === 0) return ['the pod has no container']
  const found = mapsOf(spec, 'initContainers').length > 0 ? ['the pod must not have init containers'] : []
  if (containers.length > 1) found.push(...severalContainers(containers, decoration))
  for (const container of containers) {
    const names = mapsOf(container, 'env').map((env) => textOf(env, 'name'))
    for (const name of repeated(names)) found.push(`the environment variable ${name} is set twice`)
    for (const name of names)
      if (RESERVED[type].has(name)) found.push(`Prow sets the environment variable ${name} itself`)
    if (
      isMap(decoration) &&
      [...textsOf(container, 'command'), ...textsOf(container, 'args')][0] === undefined
    )
      found.push('a decorated container needs a command or args')
  }
  return [...found, ...volumeProblems(spec, containers, decoration)]
}

function severalContainers(containers: readonly Value[], decoration: Value | undefined): string[] {
  if (!isMap(decoration)) return ['several containers need decoration']
  const names = containers.map((container) => textOf(container, 'name'))
  return [
    ...(names.includes('') ? ['each of several containers needs a name'] : []),
    ...repeated(names.filter((name) => name !== '')).map((name) => `two containers have the name ${name}`),
    ...names
      .filter((name) => UTILITIES.has(name))
      .map((name) => `the container name ${name} is reserved for decoration`),
  ]
}

function volumeProblems(spec: Value, containers: readonly Value[], decoration: Value | undefined): string[] {
  const volumes = mapsOf(spec, 'volumes').map((volume) => textOf(volume, 'name'))
  const brought = new Set([
    ...DECORATION_VOLUMES,
    ...textsOf(decoration, 'ssh_key_secrets'),
    textOf(member(decoration, 'oauth_token_secret'), 'name'),
  ])
  const found = repeated(volumes).map((name) => `two volumes have the name ${name}`)
  for (const name of volumes)
    if (brought.has(name)) found.push(`the volume name ${name} is reserved for decoration`)
  for (const mount of containers.flatMap((container) => mapsOf(container, 'volumeMounts'))) {
    const name = textOf(mount, 'name')
    if (!volumes.includes(name) && !brought.has(name))
      found.push(`the volume ${name} is mounted, but the pod does not have it`)
    if (DECORATION_MOUNTS.has(name)) found.push(`decoration mounts ${name} itself`)
    if ([...DECORATION_MOUNTS.values()].includes(textOf(mount, 'mountPath')))
      found.push(`decoration mounts ${textOf(mount, 'mountPath')} itself`)
  }
  return found
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
}

/** Pods that Prow refuses. */
export const jobPod: Rule<ProwCheck> = {
  name: 'job-pod',
  severity: 'error',
  doc: 'Prow refuses the pod of a job.',
  check: (input) =>
    input.prow.jobs.flatMap((job): Finding[] =>
      problems(job).map((message) =>
        atField(input, job, 'spec', {
          rule: 'job-pod',
          severity: 'error',
          message: `${nameOf(job)}: ${message}`,
        }),
      ),
    ),
  examples: {
    fires: [
      example('no container', { jobs: 'periodics:\n- {name: a, interval: 1h, spec: {}}' }),
      example('a mount without a volume', {
        jobs: 'periodics:\n- {name: a, interval: 1h, spec: {containers: [{image: i, volumeMounts: [{name: v, mountPath: /v}]}]}}',
      }),
      example('a reserved variable', {
        jobs: 'periodics:\n- {name: a, interval: 1h, spec: {containers: [{image: i, env: [{name: BUILD_ID, value: x}]}]}}',
      }),
      example('two containers without decoration', {
        jobs: 'periodics:\n- {name: a, interval: 1h, spec: {containers: [{name: a}, {name: b}]}}',
      }),
      example('a decorated container without a command', {
        config: 'decorate_all_jobs: true',
        jobs: 'periodics:\n- {name: a, interval: 1h, spec: {containers: [{image: i}]}}',
      }),
    ],
    silent: [
      example('PULL_NUMBER in a periodic', {
        jobs: 'periodics:\n- {name: a, interval: 1h, spec: {containers: [{image: i, env: [{name: PULL_NUMBER, value: x}]}]}}',
      }),
      example('a mount of a volume from a preset', {
        jobs: `presets:
- {labels: {p: "1"}, volumes: [{name: v, emptyDir: {}}]}
periodics:
- {name: a, interval: 1h, labels: {p: "1"}, spec: {containers: [{image: i, volumeMounts: [{name: v, mountPath: /v}]}]}}`,
      }),
    ],
  },
}
