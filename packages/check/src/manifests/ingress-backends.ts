import { mapsOf, member, memberAt, textOf, type Value, type ValueMap } from '@overlay-render/golden'

import type { NodePlace } from './node-place.ts'

/** A Service that an Ingress sends requests to. */
export interface IngressBackend {
  readonly name: string
  /** The number or the name of its port. */
  readonly port: Value | undefined
  /** The field that has its name. */
  readonly at: NodePlace
  /** The field that has its port. */
  readonly portAt: NodePlace
}

/** The backends of an Ingress, of `networking.k8s.io/v1` or of an older version. */
export function ingressBackends(ingress: ValueMap): IngressBackend[] {
  const spec = member(ingress, 'spec')
  const backends = [
    member(spec, 'defaultBackend'),
    member(spec, 'backend'),
    ...mapsOf(spec, 'rules').flatMap((rule) =>
      mapsOf(member(rule, 'http'), 'paths').map((path) => member(path, 'backend')),
    ),
  ]
  return backends.map((backend) => {
    const node = backend ?? null
    const port = memberAt(backend, 'service', 'port')
    const isOld = member(backend, 'service') === undefined
    const number = member(port, 'number')
    return {
      name: textOf(member(backend, 'service'), 'name') || textOf(backend, 'serviceName'),
      port: number ?? member(port, 'name') ?? member(backend, 'servicePort'),
      at: { node, field: isOld ? ['serviceName'] : ['service', 'name'] },
      portAt: {
        node,
        field: isOld ? ['servicePort'] : ['service', 'port', number === undefined ? 'name' : 'number'],
      },
    }
  })
}
