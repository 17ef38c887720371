import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { root } from '../support/oracles.ts'
import { type JsonSchema, schemaProblems } from './json-schema.ts'
import { occurring, optionalFields } from './optional-fields.ts'

const FOLDER = join(root, 'packages/cli/schema')
const SUFFIX = '.schema.json'

/** The schemas on disk, by the name of their output. */
export const SCHEMAS: ReadonlyMap<string, JsonSchema> = new Map(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => [name.slice(0, -SUFFIX.length), JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))]),
)

/** Outputs that are also a named shape, in the output of review: their fields count for both. */
const SHAPES: Readonly<Record<string, string>> = { diff: 'report', 'jobs-diff': 'jobsDiff' }
const nameOf = (output: string): string => SHAPES[output] ?? output

/** Validates outputs, and remembers which optional fields they had. */
export class SeenOutputs {
  readonly #fields = new Set<string>()

  /** The problems of what a command printed; none when it is one JSON value that is valid. */
  check(output: string, text: string): string[] {
    const schema = SCHEMAS.get(output)
    if (schema === undefined) return [`there is no schema ${output}`]
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return [`not JSON: ${text.slice(0, 200)}`]
    }
    const problems = schemaProblems(schema, value)
    if (problems.length === 0)
      for (const field of occurring(schema, nameOf(output), value)) this.#fields.add(field)
    return problems
  }

  /** The optional fields of all schemas that were in no output, sorted. */
  missing(): string[] {
    const all = [...SCHEMAS].flatMap(([output, schema]) => [...optionalFields(schema, nameOf(output))])
    return [...new Set(all)].filter((field) => !this.#fields.has(field)).toSorted()
  }
}
