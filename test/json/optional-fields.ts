import type { JsonSchema } from './json-schema.ts'

// Which optional fields of a schema occur in a value. Fields of named shapes are named after the shape, others after the output.

/** The optional fields of a schema: `render overlays[].resources`, `finding hint`. */
export function optionalFields(schema: JsonSchema, output: string): Set<string> {
  const found = new Set<string>()
  for (const [name, shape] of [[output, schema], ...Object.entries(mapOf(schema['$defs']))] as const)
    for (const [place, node] of nodesOf(mapOf(shape), name))
      for (const key of optionalKeys(node)) found.add(fieldAt(place, key))
  return found
}

/** The optional fields that occur in a value that is valid. */
export function occurring(schema: JsonSchema, output: string, value: unknown): Set<string> {
  const found = new Set<string>()
  const pending: [node: JsonSchema, place: string, value: unknown][] = [[schema, output, value]]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [given, from, item] = next
    const [node, place] = resolve(schema, given, from)
    for (const branch of branchesOf(node)) if (fits(schema, branch, item)) pending.push([branch, place, item])
    if (Array.isArray(item)) for (const one of item) pending.push([mapOf(node['items']), `${place}[]`, one])
    else if (isObject(item))
      for (const [key, member] of Object.entries(mapOf(node['properties']))) {
        if (!Object.hasOwn(item, key)) continue
        if (optionalKeys(node).includes(key)) found.add(fieldAt(place, key))
        pending.push([mapOf(member), fieldAt(place, key), item[key]])
      }
  }
  return found
}

function* nodesOf(root: JsonSchema, name: string): Generator<[string, JsonSchema]> {
  const pending: [string, JsonSchema][] = [[name, root]]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    yield next
    const [place, node] = next
    for (const branch of branchesOf(node)) pending.push([place, branch])
    if (node['items'] !== undefined) pending.push([`${place}[]`, mapOf(node['items'])])
    for (const [key, member] of Object.entries(mapOf(node['properties'])))
      pending.push([fieldAt(place, key), mapOf(member)])
  }
}

const fieldAt = (place: string, key: string): string => `${place}${place.includes(' ') ? '.' : ' '}${key}`

function resolve(root: JsonSchema, node: JsonSchema, place: string): [JsonSchema, string] {
  const { $ref: reference } = node
  if (typeof reference !== 'string') return [node, place]
  const name = reference.replace('#/$defs/', '')
  return [mapOf(mapOf(root['$defs'])[name]), name]
}

function branchesOf({ anyOf, oneOf }: JsonSchema): JsonSchema[] {
  const branches = anyOf ?? oneOf
  return Array.isArray(branches) ? branches.map(mapOf) : []
}

/** Whether an object is of this branch, by its keys and its constants. */
function fits(root: JsonSchema, branch: JsonSchema, value: unknown): boolean {
  const [node] = resolve(root, branch, '')
  if (!isObject(value)) return false
  const properties = mapOf(node['properties'])
  return (
    requiredKeys(node).every((key) => Object.hasOwn(value, key)) &&
    Object.entries(value).every(([key, member]) => {
      if (!Object.hasOwn(properties, key)) return false
      const { const: constant, enum: choices } = mapOf(properties[key])
      return (
        (constant === undefined || constant === member) &&
        (!Array.isArray(choices) || choices.includes(member))
      )
    })
  )
}

function optionalKeys(node: JsonSchema): string[] {
  const required = requiredKeys(node)
  return Object.keys(mapOf(node['properties'])).filter((key) => !required.includes(key))
}

function requiredKeys({ required }: JsonSchema): string[] {
  return Array.isArray(required) ? required.map(String) : []
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function mapOf(value: unknown): JsonSchema {
  return isObject(value) ? value : {}
}
