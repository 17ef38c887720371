import type { Shape } from '../../../packages/kustomize/src/graph/field-shape.ts'

/** A document in which one text is the payload. */
export interface WithText {
  /** The path of the payload, such as `golden.path` or `overlays[].skip[]`. */
  readonly place: string
  readonly make: (payload: string) => unknown
}

/** The subset of JSON Schema that the schema of overlay-render.yaml uses. */
export interface JsonSchema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly additionalProperties?: JsonSchema | boolean
}

/** For every text that a schema allows, the smallest document that contains it. */
export function textsOfSchema(schema: JsonSchema): WithText[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap(textsOfSchema)
  if (schema.enum !== undefined || 'const' in schema) return []
  if (schema.items !== undefined) return textsOfSchema(schema.items).map(inList)
  const { properties = {}, required = [], additionalProperties: other } = schema
  const own = Object.entries(properties).flatMap(([key, part]) => {
    const siblings = required.filter((name) => name !== key)
    const filled = Object.fromEntries(siblings.map((name) => [name, filling(properties[name] ?? {})]))
    return textsOfSchema(part).map((text) => inField(key, text, filled))
  })
  const free = typeof other === 'object' ? textsOfSchema(other).map((text) => inField('x', text, {})) : []
  return schema.type === 'object' ? [...own, ...free] : isText(schema) ? [TEXT] : []
}

/** For every text that the shape of a kustomization allows, the smallest document that contains it. */
export function textsOfShape(shape: Shape): WithText[] {
  if (shape === 'text' || shape === 'any') return [TEXT]
  if (typeof shape === 'string') return []
  if ('names' in shape || 'source' in shape) return [TEXT]
  if ('list' in shape) return textsOfShape(shape.list).map(inList)
  if ('mapOf' in shape) return textsOfShape(shape.mapOf).map((text) => inField('k', text, {}))
  return Object.entries(shape.fields).flatMap(([key, field]) =>
    textsOfShape(typeof field === 'object' && 'shape' in field ? field.shape : field).map((text) =>
      inField(key, text, 'name' in shape.fields && key !== 'name' ? { name: 'g' } : {}),
    ),
  )
}

const TEXT: WithText = { place: '', make: (payload) => payload }

/** A schema without a type accepts any value. */
const isText = ({ type }: JsonSchema): boolean => type === 'string' || type === undefined

const inList = ({ place, make }: WithText): WithText => ({
  place: `[]${place}`,
  make: (payload) => [make(payload)],
})

const inField = (key: string, { place, make }: WithText, siblings: object): WithText => ({
  place: `${key}${place === '' || place.startsWith('[') ? '' : '.'}${place}`,
  make: (payload) => ({ ...siblings, [key]: make(payload) }),
})

function filling(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  return schema.type === 'array' ? [] : 'x'
}
