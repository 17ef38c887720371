import { equalValues, isList, member, memberAt, type Value, type ValueMap } from '../resources/value.ts'

/** A field that is allowed only for some types of Services. */
interface FieldOfSome {
  readonly field: string
  readonly isAllowed: (service: ValueMap) => boolean
  readonly words: string
}

const typeOf = (service: ValueMap): Value => memberAt(service, 'spec', 'type') ?? 'ClusterIP'
const isBalancer = (service: ValueMap): boolean => typeOf(service) === 'LoadBalancer'
const isExternal = (service: ValueMap): boolean =>
  isBalancer(service) || typeOf(service) === 'NodePort' || !isUnset(memberAt(service, 'spec', 'externalIPs'))
const isChecked = (service: ValueMap): boolean =>
  isBalancer(service) && memberAt(service, 'spec', 'externalTrafficPolicy') === 'Local'

const BALANCER_ONLY = 'is only allowed for a Service of type LoadBalancer'

const FIELDS: readonly FieldOfSome[] = [
  { field: 'allocateLoadBalancerNodePorts', isAllowed: isBalancer, words: BALANCER_ONLY },
  { field: 'loadBalancerClass', isAllowed: isBalancer, words: BALANCER_ONLY },
  { field: 'loadBalancerSourceRanges', isAllowed: isBalancer, words: BALANCER_ONLY },
  {
    field: 'externalTrafficPolicy',
    isAllowed: isExternal,
    words: 'is only allowed for a Service with external access',
  },
  {
    field: 'healthCheckNodePort',
    isAllowed: isChecked,
    words: `${BALANCER_ONLY} with externalTrafficPolicy Local`,
  },
]

/** Finds a field that the Service's type does not allow. An unchanged field is fine after a change of type: the server drops it. */
export function checkServiceType(after: ValueMap, before: ValueMap | undefined): string | undefined {
  for (const { field, isAllowed, words } of FIELDS) {
    const value = memberAt(after, 'spec', field)
    const isLeft = before !== undefined && isAllowed(before) && isSame(memberAt(before, 'spec', field), value)
    if (!isUnset(value) && !isAllowed(after) && !isLeft) return `spec.${field} ${words}`
  }
  return checkNodePorts(after, before) ?? checkAddress(after, before)
}

/** Checks `clusterIP` and `externalName` against the Service's type. */
function checkAddress(after: ValueMap, before: ValueMap | undefined): string | undefined {
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
  // A Service without `clusterIP` in its manifest keeps its address.
  return type !== 'ClusterIP' && (isUnset(address) ? old : address) === 'None'
    ? `spec.clusterIP is None, which is not allowed for a Service of type ${String(type)}`
    : undefined
}

function addressOf(service: ValueMap): Value | undefined {
  const addresses = memberAt(service, 'spec', 'clusterIPs')
  return memberAt(service, 'spec', 'clusterIP') ?? (isList(addresses) ? addresses[0] : undefined)
}

function checkNodePorts(after: ValueMap, before: ValueMap | undefined): string | undefined {
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
