// Records how a real API server (`pnpm oracles --all`) treats each change in packages/golden/test/effects:
// the real kubectl applies the object, then dry-runs each change on the server.
// `packages/golden/test/effects-of-server.test.ts` compares the rules with the answers. Cases that are
// already recorded run again only with `--all`.
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { argv, exit, stderr, stdout } from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'

import { loadSource, root } from '../load-source.js'

const { effectCases } = await loadSource('packages/golden/test/effects/cases.ts')
const { startThrowAwayServer } = await loadSource('packages/cluster/src/index.ts')
const { kubernetes } = await loadSource('test/support/oracles.ts')
const { runProcess } = await loadSource('packages/system/src/index.ts')

const programs = kubernetes()
if (programs === undefined) {
  stderr.write('kube-apiserver, kubectl or etcd is missing: run pnpm oracles --all\n')
  exit(3)
}
const server = await startThrowAwayServer(programs)

/** Runs kubectl on an object. Returns its JSON output, or the reason for a refusal. */
async function kubectl(args, object) {
  const {
    exitCode,
    stdout: output,
    stderr: reason,
  } = await runProcess(programs.kubectl, ['--kubeconfig', server.kubeconfig, ...args], {
    env: { HOME: dirname(server.kubeconfig) },
    input: JSON.stringify(object),
    timeout: 60_000,
  })
  return exitCode === 0
    ? { object: JSON.parse(Buffer.from(output).toString() || '{}') }
    : { refused: oneLine(reason) }
}

function oneLine(text) {
  const start = text.search(/\bis invalid\b|\bError|\berror/u)
  return text
    .slice(Math.max(start, 0))
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gu, 'UID')
    .slice(0, 160)
}

const APPLY = ['apply', '-f', '-', '-o', 'json']
const DRY_RUN = [...APPLY, '--dry-run=server']

async function create({ before, status }) {
  const made = await kubectl(APPLY, before)
  if (made.refused !== undefined)
    throw new Error(`${before.kind} ${before.metadata.name} is not created: ${made.refused}`)
  if (status !== undefined) {
    const patch = [
      'patch',
      '-f',
      '-',
      '--subresource=status',
      '--type=merge',
      '-p',
      JSON.stringify({ status }),
      '-o',
      'json',
    ]
    const set = await kubectl(patch, before)
    if (set.refused !== undefined) throw new Error(`the status is not set: ${set.refused}`)
  }
  // The API server accepts the names of a new definition only after a moment.
  if (before.kind === 'CustomResourceDefinition') await wait(6_000)
  return made.object
}

/** Uses client-side apply, as most users do, or server-side apply when the client-side annotation is too long. */
async function dryRun(after) {
  const answer = await kubectl(DRY_RUN, after)
  if (!/metadata\.annotations: Too long/u.test(answer.refused ?? '')) return answer
  return { ...(await kubectl([...DRY_RUN, '--server-side'], after)), tooLong: true }
}

const file = join(root, 'packages/golden/test/effects/server-answers.ndjson')
const known = new Map()
if (!argv.includes('--all')) {
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
  for (const answer of lines.map((line) => JSON.parse(line))) known.set(answer.key, answer)
}

function keyOf({ kind, after }) {
  return createHash('sha256')
    .update(JSON.stringify([kind.before, after]))
    .digest('hex')
    .slice(0, 16)
}

/** The Deployment controller compares quantities by value, the other controllers by bytes. */
const SUFFIXES = { m: 1e-3, Mi: 2 ** 20, Gi: 2 ** 30, k: 1e3, M: 1e6, G: 1e9 }
function templateOf({ kind, spec }) {
  return JSON.stringify(spec?.template, (key, value) => {
    if (kind !== 'Deployment' || !/^(?:cpu|memory|ephemeral-storage)$/u.test(key)) return value
    const [, number, suffix] = /^([\d.]+(?:e-?\d+)?)(.*)$/u.exec(value)
    return Number(number) * (suffix === '' ? 1 : SUFFIXES[suffix])
  })
}

async function answerTo(after, live) {
  const { object, refused, tooLong } = await dryRun(after)
  const newTemplate = templateOf(object ?? {}) !== templateOf(live)
  return { refused, newTemplate: refused === undefined ? newTemplate : undefined, tooLong }
}

const answers = []
try {
  let current
  let live
  for (const one of effectCases()) {
    const key = keyOf(one)
    if (!known.has(key)) {
      if (one.kind !== current) live = await create(one.kind)
      current = one.kind
      known.set(key, { key, ...(await answerTo(one.after, live)) })
    }
    answers.push(known.get(key))
  }
} finally {
  await server.dispose()
}
await writeFile(file, answers.map((answer) => `${JSON.stringify(answer)}\n`).join(''))
stdout.write(`${answers.length} answers\n`)
