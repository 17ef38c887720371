import { isMap, member } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import type { EffectiveJob } from '../jobs/load-prow.ts'
import { mapsOf, textOf, textsOf } from '../jobs/repository.ts'
import { atField, example, nameOf, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

const IMAGES = ['clonerefs', 'initupload', 'entrypoint', 'sidecar'] as const
const STRATEGIES: ReadonlySet<string> = new Set(['legacy', 'explicit', 'single'])

function problem({ job }: EffectiveJob): string | undefined {
  const decoration = member(job, 'decoration_config')
  if (!isMap(decoration) || mapsOf(member(job, 'spec'), 'containers').length === 0) return undefined
  const images = member(decoration, 'utility_images')
  const missing = IMAGES.filter((image) => textOf(images, image) === '')
  if (missing.length > 0) return `decoration has no image for ${missing.join(', ')}`
  const storage = member(decoration, 'gcs_configuration')
  if (!isMap(storage)) return 'decoration has no gcs_configuration'
  const strategy = textOf(storage, 'path_strategy')
  if (!STRATEGIES.has(strategy))
    return `path_strategy must be one of ${[...STRATEGIES].join(', ')}, not ${JSON.stringify(strategy)}`
  if (
    strategy !== 'explicit' &&
    (textOf(storage, 'default_org') === '' || textOf(storage, 'default_repo') === '')
  )
    return `the path_strategy ${strategy} needs default_org and default_repo`
  if (isMap(member(decoration, 'oauth_token_secret')) && textsOf(decoration, 'ssh_key_secrets').length > 0)
    return 'oauth_token_secret and ssh_key_secrets cannot both be set'
  return undefined
}

/** Decorated jobs with incomplete settings. */
export const jobDecoration: Rule<ProwCheck> = {
  name: 'job-decoration',
  severity: 'error',
  doc: 'A decorated job lacks settings that decoration needs.',
  check(input) {
    // Without Prow's config its default decoration is unknown.
    if (input.prow.configFile === undefined) return []
    return input.prow.jobs.flatMap((job): Finding[] => {
      const found = problem(job)
      if (found === undefined) return []
      return [
        atField(input, job, 'decoration_config', {
          rule: 'job-decoration',
          severity: 'error',
          message: `${nameOf(job)}: ${found}`,
          hint: 'set it in default_decoration_config_entries of the Prow config, or do not decorate the job',
        }),
      ]
    })
  },
  examples: {
    fires: [
      example('no images, no bucket', {
        config: '{}',
        jobs: 'periodics:\n- {name: a, decorate: true, interval: 1h, SPEC}',
      }),
      example('a config of its own without decoration', {
        config: '{}',
        jobs: 'periodics:\n- {name: a, decoration_config: {timeout: 1h}, interval: 1h, SPEC}',
      }),
    ],
    silent: [
      example('no decoration', { jobs: 'periodics:\n- {name: a, interval: 1h, SPEC}' }),
      example('an unknown Prow config', {
        jobs: 'periodics:\n- {name: a, decorate: true, interval: 1h, SPEC}',
      }),
      example('images and a bucket', {
        config:
          'plank: {default_decoration_configs: {"*": {utility_images: {clonerefs: a, initupload: b, entrypoint: c, sidecar: d}, gcs_configuration: {bucket: b, path_strategy: explicit}}}}',
        jobs: 'periodics:\n- {name: a, decorate: true, interval: 1h, SPEC}',
      }),
    ],
  },
}
