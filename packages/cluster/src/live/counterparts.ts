import { isList, isMap, member, type Value, type ValueMap } from '@overlay-render/golden'

/**
 * The keys by which the API server tells the items of a list apart; for two items the first row counts whose first field both have.
 * From the `listMapKey` and `patchMergeKey` markers of `k8s.io/api`.
 */
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

/** Whether two items of a list are the same item to the API server. */
export function isCounterpart(a: Value, b: Value): boolean {
  if (!isMap(a) || !isMap(b)) return false
  const fields = NAMING.find((names) => names.slice(0, 1).every((name) => has(a, name) && has(b, name)))
  return fields !== undefined && fields.every((field) => text(a, field) === text(b, field))
}

/** Whether every item of a list has the fields of a key. */
export function isNamed(list: Value | undefined): boolean {
  return (
    isList(list) &&
    list.length > 0 &&
    list.every((item) => isMap(item) && NAMING.some(([name = '']) => has(item, name)))
  )
}

/** The key fields of an item, with their values; undefined for an item that only its index identifies. */
export function namingFields(item: Value): ValueMap | undefined {
  const fields = NAMING.find(([name = '']) => has(item, name))
  if (fields === undefined) return undefined
  return Object.fromEntries(
    fields.filter((field) => has(item, field)).map((field) => [field, member(item, field) ?? null]),
  )
}

/**
 * Atomic lists whose items nonetheless have names: an apply that changes one item sends the whole list. From the list types of
 * `k8s.io/api`, v1.34.
 */
const ATOMIC: ReadonlySet<string> = new Set(
  `egress from ingress metrics paths rules subjects tls to tolerations versions volumeClaimTemplates
  additionalPrinterColumns matchExpressions`.split(/\s+/u),
)

/** Whether the list in a field is atomic, as each list of a custom resource is taken to be. */
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
