import { isMap, member, memberAt, type Value, type ValueMap } from '@overlay-render/golden'
import { type Finding, nearestNames } from '@overlay-render/system'

import { mapsOf, textOf, textsOf } from '../jobs/repository.ts'
import { DeployedConfig } from './deployed-config.ts'
import { type Cluster, configOf, example, positionInConfig, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

/** The fields of the config with addresses of this deployment's own pages, as paths. */
const FIELDS: readonly (readonly string[])[] = [
  ['plank', 'job_url_template'],
  ['plank', 'job_url_prefix_config'],
  ['deck', 'spyglass', 'gcs_browser_prefix'],
  ['deck', 'spyglass', 'gcs_browser_prefixes'],
  ['tide', 'target_url'],
  ['tide', 'target_urls'],
  ['tide', 'pr_status_base_url'],
  ['tide', 'pr_status_base_urls'],
]

function hostsOf(value: Value): string[] {
  const objects = [value]
  return objects.flatMap((object) => [
    ...mapsOf(member(object, 'spec'), 'rules').map((rule) => textOf(rule, 'host')),
    ...textsOf(member(object, 'spec'), 'hostnames'),
  ])
}

interface Link {
  readonly path: readonly string[]
  /** The setting that holds it. */
  readonly field: string
  readonly host: string
}

/** The links to pages of the deployment in a config. */
function linksOf(config: ValueMap): Link[] {
  return FIELDS.flatMap((path) => {
    const value = memberAt(config, ...path)
    const leaves: [readonly string[], Value | undefined][] = isMap(value)
      ? Object.entries(value).map(([key, item]) => [[...path, key], item])
      : [[path, value]]
    return leaves.flatMap(([leaf, text]): Link[] => {
      const host = typeof text === 'string' ? /^https?:\/\/([^/:{]+)/u.exec(text)?.[1] : undefined
      return host === undefined ? [] : [{ path: leaf, field: path.join('.'), host }]
    })
  })
}

/** Links in the config to hosts that nothing serves. */
export const configHosts: Rule<ProwCheck> = {
  name: 'config-hosts',
  severity: 'warning',
  doc: 'The config links to a host that no Ingress of its overlay serves.',
  check(input) {
    const { clusters } = input
    const served = new Set(
      clusters
        .flatMap(({ objects }) => objects)
        .filter(({ kind }) => kind === 'Ingress' || kind === 'HTTPRoute')
        .flatMap(({ value }) => (value === undefined ? [] : hostsOf(value)))
        .filter((host) => host !== ''),
    )
    if (served.size === 0) return []
    const deployed = clusters.flatMap(({ config }) => config ?? [])
    const configs = deployed.length === 0 ? ['base' as const] : [...new Set(deployed)]
    return configs.flatMap((config) =>
      linksOf(configOf(input, config)).flatMap(({ path, field, host }): Finding[] => {
        if (served.has(host)) return []
        const [nearest] = nearestNames(host, served)
        return [
          {
            rule: 'config-hosts',
            severity: 'warning',
            message: `${field} links to ${host}, which no Ingress serves`,
            position: positionInConfig(input, config, path),
            hint: `the hosts are ${[...served].join(', ')}${nearest === undefined ? '' : `; did you mean ${nearest}?`}`,
          },
        ]
      }),
    )
  },
  examples: {
    fires: [
      example(
        'the wrong host in a patch script',
        { config: 'plank: {job_url_prefix_config: {"*": https://prow.test/view/}}' },
        { clusters: [patched('https://prow.example/view/')] },
      ),
      example(
        'the host of another environment',
        { config: 'plank: {job_url_prefix_config: {"*": https://prow.example/view/}}' },
        {
          clusters: [
            {
              context: 'c',
              overlay: 'test',
              objects: [
                {
                  kind: 'Ingress',
                  namespace: 'prow',
                  name: 'prow',
                  value: { spec: { rules: [{ host: 'prow.test' }] } },
                },
              ],
            },
          ],
        },
      ),
    ],
    silent: [
      example(
        'the host of a patch script',
        { config: 'plank: {job_url_prefix_config: {"*": https://prow.example/view/}}' },
        { clusters: [patched('https://prow.test/view/')] },
      ),
      example(
        'its own host',
        { config: 'plank: {job_url_prefix_config: {"*": https://prow.test/view/}}' },
        {
          clusters: [
            {
              context: 'c',
              overlay: 'test',
              objects: [
                {
                  kind: 'HTTPRoute',
                  namespace: 'prow',
                  name: 'prow',
                  value: { spec: { hostnames: ['prow.test'] } },
                },
              ],
            },
          ],
        },
      ),
      example('nothing is rendered', {
        config: 'plank: {job_url_prefix_config: {"*": https://prow.test/view/}}',
      }),
    ],
  },
}

/** An overlay with one Ingress, whose patch script sets the links of jobs. */
function patched(url: string): Cluster {
  const path = ['plank', 'job_url_prefix_config', '*']
  const text = `plank: {job_url_prefix_config: {"*": ${url}}}`
  const position = { file: 'overlays/test/yq_scripts/config.yaml', line: 1, column: 1 }
  const file = { path: 'rendered/test/config.yaml', bytes: Buffer.from(text) }
  return {
    context: 'c',
    overlay: 'test',
    config: new DeployedConfig(file, [{ path, position }]),
    objects: [
      {
        kind: 'Ingress',
        namespace: 'prow',
        name: 'prow',
        value: { spec: { rules: [{ host: 'prow.test' }] } },
      },
    ],
  }
}
