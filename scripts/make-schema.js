// Writes the JSON Schemas in packages/render/schema from the validation schemas: one for overlay-render.yaml,
// which editors use, and one for a review part, for programs that read or write parts.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'

import { toJsonSchema } from '@valibot/to-json-schema'

import { loadSource, root } from './load-source.js'

const FOLDER = 'packages/render/schema'

/** The URL of the latest schema. Editors also use it to match files. */
const idOf = (name) =>
  `https://raw.githubusercontent.com/overlay-render/overlay-render/main/${FOLDER}/${name}`

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

/** Returns a JSON Schema as text. */
export async function makeSchema(name) {
  const { title, make } = SCHEMAS[name]
  return `${JSON.stringify({ $id: idOf(name), title, ...(await make()) }, undefined, 2)}\n`
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of Object.keys(SCHEMAS)) writeFileSync(schemaPath(name), await makeSchema(name))
}
