import { isMap, member } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import { mapsOf, textOf } from '../jobs/repository.ts'
import { type ClusterObject, example, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

/** Why a Service is not found; if others have its name, where it should be. */
function elsewhere(named: readonly ClusterObject[], wanted: string): string {
  if (named.length === 0) return ', which no overlay renders'
  const places = [...new Set(named.map(({ namespace }) => namespace))]
  return ` in the namespace ${wanted}, but it is in ${places.join(' and ')}`
}

interface Services {
  readonly all: readonly ClusterObject[]
  /** The namespaces of hook, in which a name without a namespace is looked up. */
  readonly homes: ReadonlySet<string>
}

/** What an endpoint needs that is not there; undefined when it is there, or cannot be known. */
function missingFor(endpoint: string, { all, homes }: Services): string | undefined {
  const { hostname, port, protocol } = new URL(endpoint)
  if (!isInCluster(hostname)) return undefined
  const [name = '', namespace] = hostname.split('.')
  const named = all.filter((service) => service.name === name)
  const found = named.filter((service) =>
    namespace ? service.namespace === namespace : homes.has(service.namespace),
  )
  if (found.length === 0)
    return `the Service ${name}${elsewhere(named, namespace ?? [...homes].join(' or '))}`
  const wanted = Number(port || (protocol === 'https:' ? 443 : 80))
  const ports = found.flatMap(({ value }) =>
    mapsOf(member(value, 'spec'), 'ports').map((item) => Number(member(item, 'port'))),
  )
  const hasPort = found.some(({ value }) => value === undefined) || ports.includes(wanted)
  return hasPort ? undefined : `the port ${wanted} of the Service ${name}, which has ${ports.join(', ')}`
}

/** Whether a host is `NAME`, `NAME.NAMESPACE` or `NAME.NAMESPACE.svc`, with or without the domain of the cluster. */
function isInCluster(host: string): boolean {
  return !host.includes('.') || /^[^.]+\.[^.]+\.svc(?:\.|$)/u.test(host) || /^[^.]+\.[^.]+$/u.test(host)
}

/** Endpoints of external plugins that do not exist. */
export const externalPluginEndpoint: Rule<ProwCheck> = {
  name: 'external-plugin-endpoint',
  severity: 'error',
  doc: 'hook sends events to a Service, or to a port of it, that does not exist.',
  check({ plugins, clusters, prow: { origins } }) {
    const holder = member(plugins?.value, 'external_plugins')
    const all = clusters.flatMap(({ objects }) => objects).filter(({ kind }) => kind === 'Service')
    // Other Services are known only if hook itself is rendered.
    if (!isMap(holder) || !all.some(({ name }) => name === 'hook')) return []
    const homes = new Set(all.filter(({ name }) => name === 'hook').map((hook) => hook.namespace))
    const seen = new Set<string>()
    return Object.values(holder).flatMap((list) =>
      (Array.isArray(list) ? list.filter(isMap) : []).flatMap((plugin): Finding[] => {
        const endpoint = textOf(plugin, 'endpoint') || `http://${textOf(plugin, 'name')}`
        if (seen.has(endpoint) || !URL.canParse(endpoint)) return []
        seen.add(endpoint)
        const missing = missingFor(endpoint, { all, homes })
        if (missing === undefined) return []
        return [
          {
            rule: 'external-plugin-endpoint',
            severity: 'error',
            message: `the endpoint ${endpoint} of ${textOf(plugin, 'name')} needs ${missing}`,
            position: origins.positionOf(plugin),
            hint: 'correct the endpoint, or render the Service',
          },
        ]
      }),
    )
  },
  examples: {
    fires: [
      example(
        'no Service',
        { plugins: 'external_plugins: {o: [{name: needs-rebase}]}' },
        {
          clusters: [
            { context: 'c', overlay: 'c', objects: [{ kind: 'Service', namespace: 'prow', name: 'hook' }] },
          ],
        },
      ),
      example(
        'the Service of another namespace',
        { plugins: 'external_plugins: {o: [{name: needs-rebase}]}' },
        {
          clusters: [
            {
              context: 'c',
              overlay: 'c',
              objects: [
                { kind: 'Service', namespace: 'prow', name: 'hook' },
                { kind: 'Service', namespace: 'default', name: 'needs-rebase' },
              ],
            },
          ],
        },
      ),
      example(
        'another port',
        { plugins: 'external_plugins: {o: [{name: x, endpoint: "http://hook:9900"}]}' },
        {
          clusters: [
            {
              context: 'c',
              overlay: 'c',
              objects: [
                {
                  kind: 'Service',
                  namespace: 'prow',
                  name: 'hook',
                  value: { spec: { ports: [{ port: 80 }] } },
                },
              ],
            },
          ],
        },
      ),
    ],
    silent: [
      example(
        'the port that the Service has',
        { plugins: 'external_plugins: {o: [{name: hook}]}' },
        {
          clusters: [
            {
              context: 'c',
              overlay: 'c',
              objects: [
                {
                  kind: 'Service',
                  namespace: 'prow',
                  name: 'hook',
                  value: { spec: { ports: [{ port: 80 }] } },
                },
              ],
            },
          ],
        },
      ),
      example('nothing is rendered', { plugins: 'external_plugins: {o: [{name: needs-rebase}]}' }),
    ],
  },
}
