import { isMap, member, type ValueMap } from '@overlay-render/golden'

import type { OriginRecord } from '../decode/origins.ts'
import { applyDefault } from './apply-default.ts'
import { entriesOfField, isAbout, mapsOf, settingsRepository, textOf } from './repository.ts'

/** The settings for all jobs in Prow's config. */
export interface JobSettings {
  readonly podNamespace: string
  readonly decorateAllJobs: boolean
  /** `{repo, cluster, config}`: later ones override earlier ones. */
  readonly decoration: readonly ValueMap[]
  readonly prowJobDefaults: readonly ValueMap[]
  /** The decoded config, for the origins of values that are copied from it. */
  readonly config: ValueMap
}

/** Reads the settings for jobs out of a decoded Prow config. */
export function jobSettings(config: ValueMap, origins: OriginRecord): JobSettings {
  const plank = member(config, 'plank')
  const entries = mapsOf(plank, 'default_decoration_config_entries')
  const mapped = entriesOfField(plank, 'default_decoration_configs')
  return {
    podNamespace: textOf(config, 'pod_namespace') || 'default',
    decorateAllJobs: member(config, 'decorate_all_jobs') === true,
    decoration: mapped.length > 0 ? entriesOfMap(mapped, plank, origins) : entries,
    prowJobDefaults: mapsOf(config, 'prowjob_default_entries'),
    config,
  }
}

/** The older format is a map by `*`, organization or repository, in increasing precedence. */
function entriesOfMap(
  mapped: readonly [string, unknown][],
  plank: ReturnType<typeof member>,
  origins: OriginRecord,
): ValueMap[] {
  const rank = (key: string): number => (key === '*' ? 0 : key.includes('/') ? 2 : 1)
  const holder = member(plank, 'default_decoration_configs')
  return mapped
    .toSorted(([a], [b]) => rank(a) - rank(b))
    .map(([repo]) => {
      const entry: ValueMap = { repo, config: member(holder, repo) ?? null }
      if (isMap(holder))
        origins.noteField(entry, 'config', { kind: 'taken', from: holder, key: repo, via: '' })
      return entry
    })
}

/** The types of Prow jobs. */
export type JobType = 'presubmit' | 'postsubmit' | 'periodic'

interface DefaultsContext {
  readonly settings: JobSettings
  readonly origins: OriginRecord
}

/** A job with all defaults of Prow's loader, without presets. */
export function withDefaults(
  job: ValueMap,
  type: JobType,
  repo: string | undefined,
  { settings, origins }: DefaultsContext,
): ValueMap {
  const made: ValueMap = { ...job }
  origins.noteCopy(made, job)
  const fill = (key: string, value: string | boolean, reason: string): void => {
    made[key] = value
    origins.noteField(made, key, { kind: 'default', reason })
  }
  const name = textOf(job, 'name')
  if (textOf(job, 'agent') === '') fill('agent', 'kubernetes', 'the default agent')
  if (textOf(job, 'cluster') === '') fill('cluster', 'default', 'the default cluster')
  if (textOf(job, 'namespace') === '') fillNamespace(made, { settings, origins })
  if (type !== 'periodic' && textOf(job, 'context') === '') fill('context', name, "the job's name")
  if (type === 'presubmit' && textOf(job, 'trigger') === '' && textOf(job, 'rerun_command') === '') {
    fill('trigger', `(?m)^/test( | .* )${name},?($|\\s.*)`, "made from the job's name")
    fill('rerun_command', `/test ${name}`, "made from the job's name")
  }
  decorate(made, settingsRepository(job, repo), { settings, origins })
  addProwJobDefaults(made, settingsRepository(job, repo), { settings, origins })
  return made
}

function fillNamespace(made: ValueMap, { settings, origins }: DefaultsContext): void {
  made['namespace'] = settings.podNamespace
  const written = textOf(settings.config, 'pod_namespace') !== ''
  origins.noteField(
    made,
    'namespace',
    written
      ? {
          kind: 'taken',
          from: settings.config,
          key: 'pod_namespace',
          via: 'pod_namespace of the Prow config',
        }
      : { kind: 'default', reason: 'the default of pod_namespace' },
  )
}

function decorate(made: ValueMap, repo: string, { settings, origins }: DefaultsContext): void {
  if (member(made, 'decorate') === undefined) {
    made['decorate'] = settings.decorateAllJobs
    origins.noteField(
      made,
      'decorate',
      member(settings.config, 'decorate_all_jobs') === undefined
        ? { kind: 'default', reason: 'decorate_all_jobs is not set' }
        : { kind: 'taken', from: settings.config, key: 'decorate_all_jobs', via: 'decorate_all_jobs' },
    )
  }
  if (made['decorate'] !== true) return
  const own = member(made, 'decoration_config')
  const merged = mergeEntries(settings.decoration, own, { repo, cluster: textOf(made, 'cluster'), origins })
  made['decoration_config'] = merged ?? {}
}

function addProwJobDefaults(made: ValueMap, repo: string, { settings, origins }: DefaultsContext): void {
  const own = member(made, 'prowjob_defaults')
  const about = { repo, cluster: textOf(made, 'cluster'), origins }
  const merged: ValueMap = { ...mergeEntries(settings.prowJobDefaults, own, about) }
  if (textOf(merged, 'tenant_id') === '') {
    merged['tenant_id'] = 'GlobalDefaultID'
    origins.noteField(merged, 'tenant_id', { kind: 'default', reason: 'the default tenant' })
  }
  made['prowjob_defaults'] = merged
}

const DEFAULTS = 'the defaults of the Prow config'

function mergeEntries(
  entries: readonly ValueMap[],
  own: ReturnType<typeof member>,
  {
    repo,
    cluster,
    origins,
  }: { readonly repo: string; readonly cluster: string; readonly origins: OriginRecord },
): ValueMap | undefined {
  let merged: ValueMap | undefined
  for (const entry of entries) {
    const config = member(entry, 'config')
    if (!isAbout(entry, repo, cluster) || !isMap(config)) continue
    merged = applyDefault(config, merged, { origins, via: DEFAULTS })
  }
  return applyDefault(isMap(own) ? own : undefined, merged, {
    origins,
    via: 'the defaults of the Prow config',
  })
}
