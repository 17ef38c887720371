// Records how a real API server (`pnpm oracles --all`) answers objects with unknown fields, wrong types and
// missing fields under strict field validation. `test/schema/verdicts.test.ts` compares the rule `schema`
// with the answers.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exit, stderr, stdout } from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'

import { parse } from 'yaml'

import { loadSource, root } from '../load-source.js'

const { makeTemporaryFolder } = await loadSource('packages/system/src/index.ts')
const { loadApi } = await loadSource('packages/kustomize/src/index.ts')
const { kubernetes, kustomize454 } = await loadSource('test/support/oracles.ts')
const { StrictServer } = await loadSource('test/schema/strict-server.ts')
const { verdictCases } = await loadSource('test/schema/verdict-cases.ts')
const { CUSTOM_DEFINITION, CUSTOM_OBJECT } = await loadSource('test/schema/custom-definition.ts')

const programs = kubernetes()
if (programs === undefined) {
  stderr.write('kube-apiserver, kubectl or etcd is missing: run pnpm oracles --all\n')
  exit(3)
}

async function record(server) {
  await server.create(parse(CUSTOM_DEFINITION))
  // The API server serves a kind a moment after its definition is created.
  while ((await server.verdict(parse(CUSTOM_OBJECT))).answer === 'absent') {
    server.forgetKinds()
    await wait(200)
  }
  const store = await makeTemporaryFolder('record-schema')
  const api = await loadApi({ path: kustomize454(), sha256: 'any' }, store.path)
  await store.dispose()
  const lines = []
  for (const { name, object } of verdictCases(api)) {
    const { answer, message } = await server.verdict(object)
    if (answer !== 'absent') lines.push(JSON.stringify({ name, answer, isRefused: message !== '' }))
  }
  await writeFile(
    join(root, 'test/schema/server-verdicts.ndjson.gz'),
    gzipSync(`${lines.join('\n')}\n`, { level: 9 }),
  )
  stdout.write(`${lines.length} verdicts\n`)
}

const server = await StrictServer.start(programs)
try {
  await record(server)
} finally {
  await server.dispose()
}
