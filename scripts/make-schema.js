// Makes packages/render/schema/overlay-render.schema.json, which editors use, from the schema that validates.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { toJsonSchema } from '@valibot/to-json-schema'
import { rolldown } from 'rolldown'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const schemaPath = join(root, 'packages/render/schema/overlay-render.schema.json')

/** The JSON Schema as text. */
export async function makeSchema() {
  const folder = mkdtempSync(join(root, 'node_modules/.schema-'))
  try {
    const file = join(folder, 'schema.mjs')
    const bundler = await rolldown({ input: join(root, 'packages/render/src/config-schema.ts'), platform: 'node', logLevel: 'warn' })
    await bundler.write({ file, format: 'esm' })
    await bundler.close()
    const { workspaceConfigSchema } = await import(pathToFileURL(file).href)
    const schema = toJsonSchema(workspaceConfigSchema, { errorMode: 'ignore' })
    return `${JSON.stringify({ title: 'overlay-render.yaml', ...schema }, undefined, 2)}\n`
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(schemaPath, await makeSchema())
