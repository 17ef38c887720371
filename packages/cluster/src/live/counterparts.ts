import { isList, isMap, member, type Value, type ValueMap } from '@overlay-render/golden'

/** Fields that name an item of a list to the API server, the first that both sides have. */
const NAMING: readonly (readonly string[])[] = [
  ['name'],
  ['containerPort', 'protocol'],
  ['port', 'protocol'],
  ['mountPath'],
  ['devicePath'],
  ['key', 'operator', 'effect'],
  ['topologyKey', 'whenUnsatisfiable'],
  ['type'],
  ['ip'],
]

/** Whether two items of a list are the same one to the API server. */
export function isCounterpart(a: Value, b: Value): boolean {
  if (!isMap(a) || !isMap(b)) return false
  const fields = NAMING.find((names) => names.slice(0, 1).every((name) => has(a, name) && has(b, name)))
  return fields !== undefined && fields.every((field) => text(a, field) === text(b, field))
}

/** Whether every item of a list can be told from the others by its fields. */
export function isNamed(list: Value | undefined): boolean {
  return (
    isList(list) &&
    list.length > 0 &&
    list.every((item) => isMap(item) && NAMING.some(([name = '']) => has(item, name)))
  )
}

/** The fields that name an item, with their values; undefined for an item that only its place tells from others. */
export function namingFields(item: Value): ValueMap | undefined {
  const fields = NAMING.find(([name = '']) => has(item, name))
  if (fields === undefined) return undefined
  return Object.fromEntries(
    fields.filter((field) => has(item, field)).map((field) => [field, member(item, field) ?? null]),
  )
}

/**
 * Lists that the API server takes as a whole although their items have names: an apply that changes one item sends all.
 * From the list types of `k8s.io/api`, v1.34.
 */
const ATOMIC: ReadonlySet<string> = new Set(
  `egress from ingress metrics paths rules subjects tls to tolerations versions volumeClaimTemplates
  additionalPrinterColumns matchExpressions`.split(/\s+/u),
)

/** Whether a list in a field is one value to the API server. Every list of a custom resource is. */
export function isAtomic(field: string, isCustom: boolean): boolean {
  return isCustom || ATOMIC.has(field)
}

function has(item: Value, field: string): boolean {
  return (member(item, field) ?? null) !== null
}

function text(item: Value, field: string): string {
  const otherwise = field === 'protocol' ? 'TCP' : ''
  return String(member(item, field) ?? otherwise)
}
