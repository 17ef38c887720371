import { Ajv, type ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'

/** A JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>

const OPTIONS = { allErrors: true, strict: true }
/** Draft 7 is what editors know best, so the schemas of files that people write are of that draft. */
const DIALECTS = [new Ajv2020(OPTIONS), new Ajv(OPTIONS)] as const
const compiled = new WeakMap<JsonSchema, ValidateFunction>()

/** The problems of a value by a schema, one a line; none when it is valid. */
export function schemaProblems(schema: JsonSchema, value: unknown): string[] {
  const validate = compiled.get(schema) ?? compile(schema)
  compiled.set(schema, validate)
  if (validate(value)) return []
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const { additionalProperty: extra, allowedValue: allowed } = params as Record<string, unknown>
    const more = extra ?? allowed
    return `${instancePath === '' ? '/' : instancePath} ${message ?? ''}${more === undefined ? '' : `: ${String(more)}`}`
  })
}

/** Without the id, which may be registered only once: tests read a schema several times. */
function compile({ $id: _id, ...schema }: JsonSchema): ValidateFunction {
  const [latest, draft7] = DIALECTS
  return (String(schema['$schema']).includes('draft-07') ? draft7 : latest).compile(schema)
}
