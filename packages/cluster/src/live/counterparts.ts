import { isList, isMap, member, type Value } from '@overlay-render/golden'

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

function has(item: Value, field: string): boolean {
  return (member(item, field) ?? null) !== null
}

function text(item: Value, field: string): string {
  const otherwise = field === 'protocol' ? 'TCP' : ''
  return String(member(item, field) ?? otherwise)
}
