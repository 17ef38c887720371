// Makes packages/render/schema/overlay-render.schema.json, which editors use, from the schema that validates.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'

import { toJsonSchema } from '@valibot/to-json-schema'

import { loadSource, root } from './load-source.js'

/** Where the schema of the newest version can be read; editors also match files by it. */
const ID =
  'https://raw.githubusercontent.com/overlay-render/overlay-render/main/packages/render/schema/overlay-render.schema.json'

export const schemaPath = join(root, 'packages/render/schema/overlay-render.schema.json')

/** The JSON Schema as text. */
export async function makeSchema() {
  const { workspaceConfigSchema } = await loadSource('packages/render/src/config-schema.ts')
  const schema = toJsonSchema(workspaceConfigSchema, { errorMode: 'ignore' })
  return `${JSON.stringify({ $id: ID, title: 'overlay-render.yaml', ...schema }, undefined, 2)}\n`
}

if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(schemaPath, await makeSchema())
