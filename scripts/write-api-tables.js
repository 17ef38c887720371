// Compares the oracle API server (`pnpm oracles --all`) with the OpenAPI documents embedded in kustomize, and
// writes two tables in packages/kustomize/src/schema. later-fields.ts lists the fields that only the server
// has. required-fields.ts lists the fields that the server really requires, among those that the server or
// the documents call required.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exit, stderr, stdout } from 'node:process'

import { loadSource, root } from './load-source.js'

const { findSchema } = await loadSource('packages/kustomize/src/schema/embedded-schema.ts')
const { readDefinitions } = await loadSource('packages/kustomize/src/schema/openapi-protobuf.ts')
const { compactApi } = await loadSource('packages/kustomize/src/schema/compact-api.ts')
const { kubernetes } = await loadSource('test/support/oracles.ts')
const { StrictServer } = await loadSource('test/schema/strict-server.ts')
const { ObjectDrawer } = await loadSource('test/schema/draw-object.ts')
const { seededDraw } = await loadSource('test/differential/draw.ts')
const { requiredPlaces } = await loadSource('test/schema/required-places.ts')
const { validObjects } = await loadSource('test/schema/valid-objects.ts')
const { mutate } = await loadSource('test/schema/mutate.ts')

/** The kustomize versions with the oldest and the newest document. */
const CARRIERS = ['kustomize3.8.7', 'kustomize5']

/** Types that were renamed: probes and lifecycle once shared a handler type, and CronJob was a beta. */
const RENAMED = new Map([
  ['io.k8s.api.core.v1.Handler', 'io.k8s.api.core.v1.LifecycleHandler'],
  ['io.k8s.api.batch.v1beta1.CronJobSpec', 'io.k8s.api.batch.v1.CronJobSpec'],
])

/** Few fields, so that an object has few other errors, and many fields, so that each field occurs at least once. */
const DRAWS = [
  { likely: 3, seeds: 60 },
  { likely: 8, seeds: 20 },
]

const programs = kubernetes()
if (programs === undefined) {
  stderr.write('kube-apiserver, kubectl or etcd is missing: run pnpm oracles --all\n')
  exit(3)
}

async function carriedBy(name) {
  const schema = findSchema(await readFile(join(root, '.cache/oracles/bin', name)))
  return schema.form === 'json' ? JSON.parse(schema.text).definitions : readDefinitions(schema.bytes)
}

function add(table, name, fields) {
  if (fields.length > 0) table.set(name, [...new Set([...(table.get(name) ?? []), ...fields])].sort())
}

function laterFields(documents, served) {
  const later = new Map()
  for (const definitions of documents) {
    for (const [name, { properties = {} }] of Object.entries(definitions)) {
      const now = served[RENAMED.get(name) ?? name]?.properties ?? {}
      add(
        later,
        name,
        Object.keys(now).filter((field) => !Object.hasOwn(properties, field)),
      )
    }
  }
  return later
}

/** Whether the server accepts an object but refuses it without the field, naming that field as the cause. */
async function isRequired(server, object, before, { place, field }) {
  const { answer, causes } = await server.verdict(mutate(object, { place, change: 'removed' }))
  if (answer !== 'decoded') return false
  const known = new Set(before.causes.map((cause) => JSON.stringify(cause)))
  const path = place.filter((step) => typeof step === 'string').join('.')
  return causes.some((cause) => {
    const at = cause.field.replaceAll(/\[[^\]]*\]/gu, '')
    const isNamed = at.split('.').at(-1).toLowerCase() === field.toLowerCase()
    const isRequiredThere = isNamed && cause.reason === 'FieldValueRequired'
    return !known.has(JSON.stringify(cause)) && (at === path || at.startsWith(`${path}.`) || isRequiredThere)
  })
}

function* objectsToAsk(api) {
  yield* validObjects()
  for (const { likely, seeds } of DRAWS) {
    for (let seed = 1; seed <= seeds; seed++) {
      for (const key of Object.keys(api.kinds))
        yield new ObjectDrawer(api, seededDraw(seed), likely).object(key)
    }
  }
}

async function requiredFields(server, api) {
  const required = new Map()
  for (const object of objectsToAsk(api)) {
    const open = requiredPlaces(api, object).filter(
      ({ definition, field }) => required.get(definition)?.includes(field) !== true,
    )
    const before = open.length === 0 ? undefined : await server.verdict(object)
    if (before?.answer !== 'decoded') continue
    for (const place of open) {
      if (await isRequired(server, object, before, place)) add(required, place.definition, [place.field])
    }
  }
  stdout.write(`${[...required.values()].flat().length} required fields\n`)
  return required
}

function print(name, doc, table) {
  const rows = [...table].sort(([a], [b]) => (a < b ? -1 : 1))
  const lines = rows.map(
    ([key, fields]) => `  ['${key}', [${fields.map((field) => `'${field}'`).join(', ')}]],\n`,
  )
  return `// Written by scripts/write-api-tables.js from a Kubernetes 1.34 API server.

/** ${doc} */
export const ${name}: ReadonlyMap<string, readonly string[]> = new Map([
${lines.join('')}])
`
}

const documents = await Promise.all(CARRIERS.map(carriedBy))
const server = await StrictServer.start(programs)
try {
  const { definitions: served } = await server.openApi()
  const folder = join(root, 'packages/kustomize/src/schema')
  await writeFile(
    join(folder, 'later-fields.ts'),
    print(
      'LATER_FIELDS',
      'Fields that are newer than the documents embedded in kustomize, by definition.',
      laterFields(documents, served),
    ),
  )
  const api = compactApi(documents.at(-1), (name, required) => [
    ...new Set([...required, ...(served[name]?.required ?? [])]),
  ])
  await writeFile(
    join(folder, 'required-fields.ts'),
    print(
      'REQUIRED_FIELDS',
      'Fields that an API server requires, by definition. It sets defaults for other fields that documents call required.',
      await requiredFields(server, api),
    ),
  )
} finally {
  await server.dispose()
}
