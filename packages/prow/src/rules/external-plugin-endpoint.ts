import { isMap, member } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import { mapsOf, textOf } from '../jobs/repository.ts'
import { example, type ProwCheck } from './prow-check.ts'
import type { Rule } from '@overlay-render/check'

/** Endpoints of external plugins that do not exist. */
export const externalPluginEndpoint: Rule<ProwCheck> = {
  name: 'external-plugin-endpoint',
  severity: 'error',
  doc: 'hook sends events to a Service, or to a port of it, that does not exist.',
  check({ plugins, clusters, prow: { origins } }) {
    const holder = member(plugins?.value, 'external_plugins')
    const services = clusters.flatMap(({ objects }) => objects).filter(({ kind }) => kind === 'Service')
    // Other Services are known only if hook itself is rendered.
    if (!isMap(holder) || !services.some(({ name }) => name === 'hook')) return []
    const seen = new Set<string>()
    return Object.values(holder).flatMap((list) =>
      (Array.isArray(list) ? list.filter(isMap) : []).flatMap((plugin): Finding[] => {
        const endpoint = textOf(plugin, 'endpoint') || `http://${textOf(plugin, 'name')}`
        if (seen.has(endpoint) || !URL.canParse(endpoint)) return []
        seen.add(endpoint)
        const { hostname, port, protocol } = new URL(endpoint)
        const [name = '', namespace] = hostname.split('.')
        if (
          hostname.includes('.') &&
          !/^[^.]+\.[^.]+\.svc(?:\.|$)/u.test(`${hostname}.`) &&
          !/^[^.]+\.[^.]+$/u.test(hostname)
        )
          return []
        const found = services.filter(
          (service) => service.name === name && (namespace === undefined || service.namespace === namespace),
        )
        const wanted = Number(port || (protocol === 'https:' ? 443 : 80))
        const ports = found.flatMap(({ value }) =>
          mapsOf(member(value, 'spec'), 'ports').map((item) => Number(member(item, 'port'))),
        )
        const hasPort = found.some(({ value }) => value === undefined) || ports.includes(wanted)
        if (found.length > 0 && hasPort) return []
        return [
          {
            rule: 'external-plugin-endpoint',
            severity: 'error',
            message:
              found.length === 0
                ? `the endpoint ${endpoint} of ${textOf(plugin, 'name')} needs the Service ${name}, which no overlay renders`
                : `the endpoint ${endpoint} of ${textOf(plugin, 'name')} needs the port ${wanted} of the Service ${name}, which has ${ports.join(', ')}`,
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
