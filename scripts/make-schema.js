// Writes the JSON Schemas from the validation schemas: in packages/render/schema one for overlay-render.yaml,
// which editors use, and one for a review part; in packages/cli/schema one for each JSON output of a command.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'

import { toJsonSchema } from '@valibot/to-json-schema'

import { loadSource, root } from './load-source.js'

const FOLDER = 'packages/render/schema'
const OUTPUT_FOLDER = 'packages/cli/schema'

/** The URL of the latest schema. Editors also use it to match files. */
const idOf = (path) => `https://raw.githubusercontent.com/overlay-render/overlay-render/main/${path}`

/** The schemas by file name, each with its title and generator. */
export const SCHEMAS = {
  'overlay-render.schema.json': {
    title: 'overlay-render.yaml',
    async make() {
      const { workspaceConfigSchema } = await loadSource('packages/render/src/config-schema.ts')
      return toJsonSchema(workspaceConfigSchema, { errorMode: 'ignore' })
    },
  },
  'review-part.schema.json': {
    title: 'One part of a review, as review --shard I/N --report part=FILE writes it',
    async make() {
      const { partSchema, partDefinitions: definitions } = await loadSource(
        'packages/render/src/review/part/part-schema.ts',
      )
      const options = { errorMode: 'ignore', overrideSchema: losslessForm, definitions }
      const { $defs, ...schema } = toJsonSchema(partSchema, options)
      return { ...schema, $defs: { ...$defs, absent: ABSENT } }
    },
  },
}

/** How a file of lossless JSON writes an absent value. */
const ABSENT = {
  type: 'object',
  properties: { $: { type: 'array', items: { const: 'undefined' } } },
  required: ['$'],
  additionalProperties: false,
}

function losslessForm({ valibotSchema, jsonSchema }) {
  const absent = { $ref: '#/$defs/absent' }
  if (valibotSchema.type === 'undefined') return absent
  if (valibotSchema.type === 'optional') return { anyOf: [jsonSchema, absent] }
  // A manifest value: any JSON, or `{"$": [kind, ...]}` for a value that JSON cannot express.
  return valibotSchema.type === 'custom' ? {} : undefined
}

export const schemaPath = (name) => join(root, FOLDER, name)

/** The path of the schema of an output, relative to the root. */
export const outputSchemaPath = (output) => `${OUTPUT_FOLDER}/${output}.schema.json`

/** Returns a JSON Schema as text. */
export async function makeSchema(name) {
  const { title, make } = SCHEMAS[name]
  return `${JSON.stringify({ $id: idOf(`${FOLDER}/${name}`), title, ...(await make()) }, undefined, 2)}\n`
}

/** Returns the JSON Schemas of the outputs as objects, by the name of the output. */
export async function makeOutputSchemas() {
  const sources = await loadSource('packages/cli/src/json/index.ts')
  return new Map(Object.keys(sources.OUTPUTS).map((name) => [name, outputSchema(name, sources)]))
}

function outputSchema(name, { OUTPUTS, DEFINITIONS, COMMAND_OUTPUTS }) {
  const { schema } = OUTPUTS[name]
  const named = Object.entries(DEFINITIONS).filter(([, definition]) => definition.schema !== schema)
  const definitions = Object.fromEntries(named.map(([key, definition]) => [key, definition.schema]))
  const options = { target: 'draft-2020-12', definitions }
  const { $schema, $defs, ...rest } = withReferences(toJsonSchema(schema, options))
  const used = namesIn(rest, $defs)
  const described = named
    .filter(([key]) => used.has(key))
    .map(([key, { meaning }]) => [key, { description: meaning, ...$defs[key] }])
  const commands = Object.keys(COMMAND_OUTPUTS).filter((command) =>
    COMMAND_OUTPUTS[command].some(({ output }) => output === name),
  )
  const title =
    commands.length === 0
      ? 'An error, as every command prints it with --json'
      : `What ${commands.map((command) => `overlay-render ${command}`).join(' and ')} prints with --json`
  const defs = described.length === 0 ? {} : { $defs: Object.fromEntries(described) }
  return { $schema, $id: idOf(outputSchemaPath(name)), title, ...rest, ...defs }
}

/** A named shape with a description of its own, which is written out, becomes a reference with that description. */
function withReferences({ $defs, ...schema }) {
  const names = new Map(Object.entries($defs).map(([name, shape]) => [JSON.stringify(shape), name]))
  const refer = (node) => {
    if (typeof node !== 'object' || node === null) return node
    if (Array.isArray(node)) return node.map(refer)
    const { description, ...shape } = node
    const name = description === undefined ? undefined : names.get(JSON.stringify(shape))
    return name === undefined
      ? Object.fromEntries(Object.entries(node).map(([key, value]) => [key, refer(value)]))
      : { $ref: `#/$defs/${name}`, description }
  }
  return refer({ ...schema, $defs })
}

/** The names of the definitions that a schema uses, also through other definitions. */
function namesIn(schema, definitions, found = new Set()) {
  for (const [, name] of JSON.stringify(schema).matchAll(/"#\/\$defs\/([^"]+)"/gu)) {
    if (found.has(name)) continue
    found.add(name)
    namesIn(definitions[name], definitions, found)
  }
  return found
}

/** Returns the content of each schema file of an output, by its path. */
export async function outputSchemaFiles() {
  const schemas = await makeOutputSchemas()
  return new Map(
    [...schemas].map(([name, schema]) => [
      outputSchemaPath(name),
      `${JSON.stringify(schema, undefined, 2)}\n`,
    ]),
  )
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of Object.keys(SCHEMAS)) writeFileSync(schemaPath(name), await makeSchema(name))
  rmSync(join(root, OUTPUT_FOLDER), { recursive: true, force: true })
  mkdirSync(join(root, OUTPUT_FOLDER))
  for (const [path, text] of await outputSchemaFiles()) writeFileSync(join(root, path), text)
}
