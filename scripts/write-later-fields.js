// Writes packages/kustomize/src/schema/later-fields.ts: what the API server of the oracles (`pnpm oracles --all`) knows of the
// definitions that kustomizes carry, and these do not.
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { exit, stderr } from 'node:process'

import { loadSource, root } from './load-source.js'

const { findSchema } = await loadSource('packages/kustomize/src/schema/carried-schema.ts')
const { readDefinitions } = await loadSource('packages/kustomize/src/schema/openapi-protobuf.ts')
const { startThrowAwayServer } = await loadSource('packages/cluster/src/index.ts')
const { kubernetes } = await loadSource('test/support/oracles.ts')
const { runProcess } = await loadSource('packages/system/src/index.ts')

/** The oldest and the newest document that a kustomize carries. */
const CARRIERS = ['kustomize3.8.7', 'kustomize5']

/** Under other names since: the handlers of probes and those of a lifecycle were one, and CronJobs were a beta. */
const RENAMED = [
  ['io.k8s.api.core.v1.Handler', 'io.k8s.api.core.v1.LifecycleHandler'],
  ['io.k8s.api.batch.v1beta1.CronJobSpec', 'io.k8s.api.batch.v1.CronJobSpec'],
]

async function carriedBy(name) {
  const schema = findSchema(await readFile(join(root, '.cache/oracles/bin', name)))
  return schema.form === 'json' ? JSON.parse(schema.text).definitions : readDefinitions(schema.bytes)
}

async function servedDefinitions() {
  const programs = kubernetes()
  if (programs === undefined) {
    stderr.write('kube-apiserver, kubectl or etcd is missing: run pnpm oracles --all\n')
    exit(3)
  }
  const server = await startThrowAwayServer(programs)
  try {
    const { stdout } = await runProcess(
      programs.kubectl,
      ['--kubeconfig', server.kubeconfig, 'get', '--raw', '/openapi/v2'],
      { env: { HOME: dirname(server.kubeconfig) }, timeout: 60_000 },
    )
    return JSON.parse(Buffer.from(stdout).toString()).definitions
  } finally {
    await server.dispose()
  }
}

function add(table, name, fields) {
  if (fields.length > 0) table.set(name, [...new Set([...(table.get(name) ?? []), ...fields])].sort())
}

function print(table) {
  const rows = [...table].sort(([a], [b]) => (a < b ? -1 : 1))
  return rows
    .map(([name, fields]) => `  ['${name}', [${fields.map((field) => `'${field}'`).join(', ')}]],\n`)
    .join('')
}

const served = await servedDefinitions()
const later = new Map()
const optional = new Map()
for (const carrier of CARRIERS) {
  for (const [name, { properties = {}, required = [] }] of Object.entries(await carriedBy(carrier))) {
    const now = served[new Map(RENAMED).get(name) ?? name]
    if (now === undefined) continue
    add(
      later,
      name,
      Object.keys(now.properties ?? {}).filter((field) => !Object.hasOwn(properties, field)),
    )
    add(
      optional,
      name,
      required.filter((field) => now.required?.includes(field) !== true),
    )
  }
}
await writeFile(
  join(root, 'packages/kustomize/src/schema/later-fields.ts'),
  `// Written by scripts/write-later-fields.js from a Kubernetes 1.34 API server.

/** Fields that Kubernetes has since the documents that kustomizes carry, by definition. */
export const LATER_FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
${print(later)}])

/** Fields that the documents require and Kubernetes does not any more, by definition. */
export const LATER_OPTIONAL: ReadonlyMap<string, readonly string[]> = new Map([
${print(optional)}])
`,
)
