import { mapsOf, member, memberAt, textOf, type Value, type ValueMap } from '@overlay-render/golden'

/** A Service that an Ingress sends requests to. */
export interface IngressBackend {
  readonly name: string
  /** The number or the name of its port. */
  readonly port: Value | undefined
}

/** The backends of an Ingress, in the form of `networking.k8s.io/v1` and in the older one. */
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
    const port = memberAt(backend, 'service', 'port')
    return {
      name: textOf(member(backend, 'service'), 'name') || textOf(backend, 'serviceName'),
      port: member(port, 'number') ?? member(port, 'name') ?? member(backend, 'servicePort'),
    }
  })
}
