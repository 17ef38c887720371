import { formatId, mapsOf, member, memberAt, type Resource, textOf, type Value } from '@overlay-render/golden'
import { nearestNames } from '@overlay-render/system'

import type { Rule } from '../rule.ts'
import { about } from './about.ts'
import { ingressBackends } from './ingress-backends.ts'
import { type ManifestCheck, manifestExample } from './manifest-check.ts'
import type { NodePlace } from './node-place.ts'
import { containersOf, podTemplatesOf } from './pod-templates.ts'
import { type MadePod, madePods, selectorOfService, selects } from './selected-pods.ts'

const NAME = 'unknown-port'
const deployment = `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: deck, namespace: prow}\nspec: {template: {metadata: {labels: {app: deck}}, spec: {containers: [{name: deck, ports: [{name: http, containerPort: 80}]}]}}}\n`

/** A reference to a port that does not exist. */
interface UnknownPort {
  readonly port: string
  /** The message: what refers to it, and what has no such port. */
  readonly says: string
  /** The existing names. */
  readonly known: readonly string[]
  readonly at: NodePlace
}

/** References to ports that do not exist. */
export const unknownPort: Rule<ManifestCheck> = {
  name: NAME,
  severity: 'error',
  doc: 'A Service or a probe names a port that no container has, or an Ingress names one that its Service does not have.',
  check: (input) => {
    const pods = madePods(input.resources)
    return input.resources.flatMap((resource) =>
      [...ofService(resource, pods), ...ofIngress(resource, input), ...ofProbes(resource)].map(
        ({ port, says, known, at }) => {
          const [near] = nearestNames(port, known)
          return about(input, resource, {
            rule: NAME,
            severity: 'error',
            part: `port ${port}`,
            at,
            message: `${formatId(resource.id)}: ${says}`,
            hint: near === undefined ? `there ${listed(known)}` : `did you mean ${near}?`,
          })
        },
      ),
    )
  },
  examples: {
    fires: [
      manifestExample('a name that no container has', `${service('targetPort: web')}---\n${deployment}`),
      manifestExample(
        'a port that the Service of an Ingress does not have',
        `${service('targetPort: http')}---\n${ingress('{number: 8080}')}---\n${deployment}`,
      ),
      manifestExample(
        'a name that no port of the Service of an Ingress has',
        `${service('name: web')}---\n${ingress('{name: http}')}---\n${deployment}`,
      ),
      manifestExample('a probe of a port that the container does not have', probed('web')),
    ],
    silent: [
      manifestExample('a name that a container has', `${service('targetPort: http')}---\n${deployment}`),
      manifestExample(
        'a number: containers need not declare their ports',
        `${service('targetPort: 9090')}---\n${deployment}`,
      ),
      manifestExample(
        'a Service that selects nothing, which service-selects-nothing reports',
        `${service('targetPort: web')}`,
      ),
      manifestExample(
        'ports that an Ingress may name',
        `${service('name: web')}---\n${ingress('{number: 80}')}---\n${ingress('{name: web}')}---\n${deployment}`,
      ),
      manifestExample('a Service of an Ingress that is not rendered', ingress('{number: 8080}')),
      manifestExample('probes of a name and of a number', `${probed('http')}---\n${probed('9090')}`),
    ],
  },
}

function listed(known: readonly string[]): string {
  return known.length === 0 ? 'are no names of ports' : `are ${known.join(', ')}`
}

/** Target ports by name. For the API server a string of digits is a name, too. */
function ofService(resource: Resource, pods: readonly MadePod[]): UnknownPort[] {
  const selector = selectorOfService(resource)
  if (selector === undefined) return []
  const own = pods.filter(
    ({ namespace, labels }) => namespace === resource.id.namespace && selects(selector, labels),
  )
  if (own.length === 0) return []
  const known = [...new Set(own.flatMap(({ spec }) => containersOf(spec).flatMap(portNames)))]
  return mapsOf(member(resource.value, 'spec'), 'ports').flatMap((port) => {
    const target = textOf(port, 'targetPort')
    if (target === '' || known.includes(target)) return []
    const from = textOf(port, 'name') || String(member(port, 'port') ?? '')
    return {
      port: target,
      says: `its port ${from} has the targetPort ${target}, which no container of the selected pods has`,
      known,
      at: { node: port, field: ['targetPort'] },
    }
  })
}

function portNames(container: Value): string[] {
  return mapsOf(container, 'ports')
    .map((port) => textOf(port, 'name'))
    .filter((name) => name !== '')
}

function ofIngress({ id, value }: Resource, { resources }: ManifestCheck): UnknownPort[] {
  if (id.kind !== 'Ingress') return []
  const told = new Set<string>()
  return ingressBackends(value).flatMap(({ name, port, portAt }) => {
    const found = resources.find(
      (other) =>
        other.id.kind === 'Service' &&
        other.id.apiVersion === 'v1' &&
        other.id.namespace === id.namespace &&
        other.id.name === name,
    )
    const ports = mapsOf(member(found?.value, 'spec'), 'ports')
    const known = ports.flatMap((each) => [member(each, 'port'), member(each, 'name')])
    const shown = `${name} ${String(port)}`
    if (port === undefined || ports.length === 0 || known.includes(port) || told.has(shown)) return []
    told.add(shown)
    return {
      port: String(port),
      says: `a backend uses the port ${String(port)} of the Service ${name}, which has no such port`,
      known: known.flatMap((each) => (each === undefined ? [] : [String(each)])),
      at: portAt,
    }
  })
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe']

function ofProbes({ value }: Resource): UnknownPort[] {
  return podTemplatesOf(value).flatMap(({ spec }) =>
    containersOf(spec).flatMap((container) =>
      PROBES.flatMap((probe) =>
        ['httpGet', 'tcpSocket'].flatMap((handler) => {
          const port = memberAt(container, probe, handler, 'port')
          const known = portNames(container)
          if (typeof port !== 'string' || known.includes(port)) return []
          const owner = textOf(container, 'name')
          return {
            port,
            says: `the ${probe} of the container ${owner} uses the port ${port}, which the container does not have`,
            known,
            at: { node: container, field: [probe, handler, 'port'] },
          }
        }),
      ),
    ),
  )
}

function service(port: string): string {
  return `apiVersion: v1\nkind: Service\nmetadata: {name: deck, namespace: prow}\nspec: {selector: {app: deck}, ports: [{port: 80, ${port}}]}\n`
}

function ingress(port: string): string {
  return `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: deck, namespace: prow}\nspec: {defaultBackend: {service: {name: deck, port: ${port}}}}\n`
}

function probed(port: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: deck}\nspec: {containers: [{name: deck, ports: [{name: http, containerPort: 80}], livenessProbe: {httpGet: {port: ${port}}}}]}\n`
}
