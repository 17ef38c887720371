import { isMap, member, memberAt, type Value } from '@overlay-render/golden'
import { type Finding, nearestNames } from '@overlay-render/system'

import { mapsOf, textOf, textsOf } from '../jobs/repository.ts'
import { example, type ProwCheck } from './prow-check.ts'
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

/** Links in the config to hosts that nothing serves. */
export const configHosts: Rule<ProwCheck> = {
  name: 'config-hosts',
  severity: 'warning',
  doc: 'The config links to a host that no Ingress of its overlay serves.',
  check({ prow, clusters }) {
    const served = new Set(
      clusters
        .flatMap(({ objects }) => objects)
        .filter(({ kind }) => kind === 'Ingress' || kind === 'HTTPRoute')
        .flatMap(({ value }) => (value === undefined ? [] : hostsOf(value)))
        .filter((host) => host !== ''),
    )
    if (served.size === 0) return []
    return FIELDS.flatMap((path) => {
      const holder = path.length === 1 ? prow.config : memberAt(prow.config, ...path.slice(0, -1))
      const value = memberAt(prow.config, ...path)
      const leaves: [object | undefined, string, Value][] = isMap(value)
        ? Object.entries(value).map(([key, item]) => [value, key, item])
        : [[isMap(holder) ? holder : undefined, path.at(-1) ?? '', value ?? null]]
      return leaves.flatMap(([owner, key, text]): Finding[] => {
        const host = typeof text === 'string' ? /^https?:\/\/([^/:{]+)/u.exec(text)?.[1] : undefined
        if (host === undefined || served.has(host)) return []
        const [nearest] = nearestNames(host, served)
        return [
          {
            rule: 'config-hosts',
            severity: 'warning',
            message: `${path.join('.')} links to ${host}, which no Ingress serves`,
            position: owner === undefined ? undefined : prow.origins.positionOfField(owner, key),
            hint: `the hosts are ${[...served].join(', ')}${nearest === undefined ? '' : `; did you mean ${nearest}?`}`,
          },
        ]
      })
    })
  },
  examples: {
    fires: [
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
