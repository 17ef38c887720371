import { equalValues, isList, member, memberAt, type Value, type ValueMap } from '../resources/value.ts'

/** A field that only some Services may have. */
interface FieldOfSome {
  readonly field: string
  readonly isAllowed: (service: ValueMap) => boolean
  readonly words: string
}

const typeOf = (service: ValueMap): Value => memberAt(service, 'spec', 'type') ?? 'ClusterIP'
const isBalancer = (service: ValueMap): boolean => typeOf(service) === 'LoadBalancer'
const isOutside = (service: ValueMap): boolean =>
  isBalancer(service) || typeOf(service) === 'NodePort' || !isUnset(memberAt(service, 'spec', 'externalIPs'))
const isChecked = (service: ValueMap): boolean =>
  isBalancer(service) && memberAt(service, 'spec', 'externalTrafficPolicy') === 'Local'

const BALANCER_ONLY = 'is only for a Service of type LoadBalancer'

const FIELDS: readonly FieldOfSome[] = [
  { field: 'allocateLoadBalancerNodePorts', isAllowed: isBalancer, words: BALANCER_ONLY },
  { field: 'loadBalancerClass', isAllowed: isBalancer, words: BALANCER_ONLY },
  { field: 'loadBalancerSourceRanges', isAllowed: isBalancer, words: BALANCER_ONLY },
  {
    field: 'externalTrafficPolicy',
    isAllowed: isOutside,
    words: 'is only for a Service that is reached from outside of the cluster',
  },
  {
    field: 'healthCheckNodePort',
    isAllowed: isChecked,
    words: `${BALANCER_ONLY} with externalTrafficPolicy Local`,
  },
]

/** A field that the type of a Service does not allow. One that a change of type leaves as it was is dropped instead. */
export function fieldOfOtherType(after: ValueMap, before: ValueMap | undefined): string | undefined {
  for (const { field, isAllowed, words } of FIELDS) {
    const value = memberAt(after, 'spec', field)
    const isLeft = before !== undefined && isAllowed(before) && isSame(memberAt(before, 'spec', field), value)
    if (!isUnset(value) && !isAllowed(after) && !isLeft) return `spec.${field} ${words}`
  }
  return nodePortOfOtherType(after, before) ?? wrongAddress(after, before)
}

/** An address that the type of a Service does not allow, and a name that it needs. */
function wrongAddress(after: ValueMap, before: ValueMap | undefined): string | undefined {
  const type = typeOf(after)
  const address = addressOf(after)
  const old = before === undefined ? undefined : addressOf(before)
  if (type === 'ExternalName') {
    if (isUnset(memberAt(after, 'spec', 'externalName'))) return 'spec.externalName is missing'
    const isLeft = before !== undefined && typeOf(before) !== 'ExternalName' && isSame(old, address)
    return isUnset(address) || isLeft
      ? undefined
      : 'spec.clusterIP is not allowed for a Service of type ExternalName'
  }
  // Where none is given, an address stays.
  return type !== 'ClusterIP' && (isUnset(address) ? old : address) === 'None'
    ? `spec.clusterIP is None, which is not allowed for a Service of type ${String(type)}`
    : undefined
}

function addressOf(service: ValueMap): Value | undefined {
  const addresses = memberAt(service, 'spec', 'clusterIPs')
  return memberAt(service, 'spec', 'clusterIP') ?? (isList(addresses) ? addresses[0] : undefined)
}

function nodePortOfOtherType(after: ValueMap, before: ValueMap | undefined): string | undefined {
  if (typeOf(after) !== 'ClusterIP') return undefined
  const ports = nodePorts(after)
  const isLeft = before !== undefined && typeOf(before) !== 'ClusterIP' && isSame(nodePorts(before), ports)
  const index = ports.findIndex((port) => !isUnset(port))
  return index < 0 || isLeft
    ? undefined
    : `spec.ports[${index}].nodePort is not allowed for a Service of type ClusterIP`
}

function nodePorts(service: ValueMap): Value[] {
  const ports = memberAt(service, 'spec', 'ports')
  return (isList(ports) ? ports : []).map((port) => member(port, 'nodePort') ?? null)
}

function isUnset(value: Value | undefined): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    value === 0 ||
    (isList(value) && value.length === 0)
  )
}

function isSame(a: Value | undefined, b: Value | undefined): boolean {
  return equalValues(a ?? null, b ?? null)
}
