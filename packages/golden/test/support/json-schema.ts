type Schema = Readonly<Record<string, unknown>>

/** The problems of a value by the part of JSON Schema that the documentation uses; [] when it is valid. */
export function schemaProblems(root: Schema, value: unknown, schema: Schema = root, at = '$'): string[] {
  const check = (part: unknown, item: unknown, place: string): string[] =>
    schemaProblems(root, item, toSchema(part), place)
  const {
    $ref: reference,
    oneOf,
    anyOf = oneOf,
    const: constant,
    enum: choices,
    type,
    required = [],
    items,
  } = schema
  if (typeof reference === 'string')
    return check(toSchema(root['$defs'])[reference.replace('#/$defs/', '')], value, at)
  if (Array.isArray(anyOf)) {
    const all = anyOf.map((part) => check(part, value, at))
    return all.some((problems) => problems.length === 0) ? [] : (all[0] ?? [])
  }
  if (constant !== undefined && value !== constant) return [`${at} is not ${JSON.stringify(constant)}`]
  if (Array.isArray(choices) && !choices.includes(value)) return [`${at} is not one of ${choices.join(', ')}`]
  if (typeof type === 'string' && typeOf(value) !== type) return [`${at} is no ${type}`]
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) => check(items ?? {}, item, `${at}[${index}]`))
  if (typeof value !== 'object' || value === null) return []
  const members = toSchema(value)
  const properties = toSchema(schema['properties'])
  const { additionalProperties: others = {} } = schema
  return [
    ...(Array.isArray(required) ? required : [])
      .filter((key: string) => !(key in members))
      .map((key: string) => `${at} has no ${key}`),
    ...Object.entries(members).flatMap(([key, item]) => {
      if (key in properties) return check(properties[key], item, `${at}.${key}`)
      return others === false ? [`${at}.${key} is not known`] : check(others, item, `${at}.${key}`)
    }),
  ]
}

function toSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (Number.isInteger(value)) return 'integer'
  return typeof value
}
