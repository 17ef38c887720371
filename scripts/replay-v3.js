// Runs every yq 3 script in the history of a repository on every base config that existed with it, and
// compares the results with the real yq 3.4.1. Works with any clone, bare or not, of a repository with
// KubeVirt's layout: scripts are PROW/*/overlays/NAME/yq_scripts/**.yaml (or environments/NAME), bases are
// PROW/files/<basename>.
// Usage: node scripts/replay-v3.js CLONE [--lanes 2]
import { createHash } from 'node:crypto'
import { dirname, posix, resolve } from 'node:path'
import { argv, chdir, cwd, env, exit, stderr, stdout } from 'node:process'
import { parseArgs } from 'node:util'

import { loadSource, root } from './load-source.js'

const { values, positionals } = parseArgs({
  args: argv.slice(2),
  options: { lanes: { type: 'string', default: '2' } },
  allowPositionals: true,
})
const [given] = positionals
if (given === undefined) {
  stderr.write('usage: node scripts/replay-v3.js CLONE [--lanes 2]\n')
  exit(2)
}
const clone = resolve(cwd(), given)
chdir(root)
const { runProcess } = await loadSource('packages/system/src/index.ts')
const { recogniseDialect } = await loadSource('packages/configs/src/index.ts')
const { findOracle } = await loadSource('test/conformance/oracle.ts')
const { compareWithYq3, runYq3 } = await loadSource('test/conformance/yq3-binary.ts')

const SCRIPT =
  /^(?<prow>.*)\/[^/]+\/(?:overlays|environments)\/[^/]+\/yq_scripts\/(?:.*\/)?(?<name>[^/]+\.yaml)$/u

const binary = findOracle('yq3')
if (binary === undefined) {
  stderr.write('The real yq 3.4.1 is not among the oracles (.cache/oracles/bin/yq3).\n')
  exit(3)
}

/** Returns the output of a git command. */
async function git(args, input) {
  const result = await runProcess('git', ['-C', clone, ...args], { env, input, timeout: 600_000 })
  if (result.exitCode !== 0) throw new Error(`git ${args[0]}: ${result.stderr}`)
  return Buffer.from(result.stdout)
}

const lines = (bytes) => bytes.toString('utf8').split('\n').filter(Boolean)

/** The blob ids of many `COMMIT:PATH` names, undefined for names that do not exist. */
async function idsOf(names) {
  const answer = await git(['cat-file', '--batch-check=%(objecttype) %(objectname)'], `${names.join('\n')}\n`)
  return lines(answer).map((line) => /^blob (\w+)$/u.exec(line)?.[1])
}

/** Reads the content of blobs by id. */
async function readBlobs(ids) {
  const blobs = new Map()
  for (const id of ids) blobs.set(id, await git(['cat-file', 'blob', id]))
  return blobs
}

/** Many base configs are symbolic links. The blob of a link contains the target path. */
async function followLinks(bases) {
  const targets = new Map()
  for (let open = bases, hops = 0; open.length > 0 && hops < 5; hops++) {
    const ids = await idsOf(open.map(({ commit, path }) => `${commit}:${path}`))
    const blobs = await readBlobs(new Set(ids.filter((id) => id !== undefined)))
    const next = []
    for (const [index, base] of open.entries()) {
      const id = ids[index]
      if (id === undefined) continue
      const text = blobs.get(id).toString('utf8')
      const isLink = text.length < 4096 && /^\.{0,2}\/?[^\s:]+$/u.test(text)
      if (isLink) next.push({ ...base, path: posix.join(dirname(base.path), text) })
      else targets.set(base.key, { id, text })
    }
    open = next
  }
  return targets
}

const allPaths = new Set(
  lines(await git(['log', '--all', '--format=', '--name-only', '--', '*/yq_scripts/*'])),
)
const scripts = [...allPaths].flatMap((path) => {
  const { prow, name } = SCRIPT.exec(path)?.groups ?? {}
  return prow === undefined ? [] : [{ path, base: `${prow}/files/${name}` }]
})
const prows = new Set(scripts.map(({ base }) => dirname(dirname(base))))
const commits = lines(await git(['rev-list', '--all', '--', ...prows]))
const uses = commits.flatMap((commit) => scripts.map((script) => ({ commit, ...script })))
const scriptIds = await idsOf(uses.map(({ commit, path }) => `${commit}:${path}`))
const present = uses.flatMap((use, index) =>
  scriptIds[index] === undefined ? [] : [{ ...use, id: scriptIds[index] }],
)
const scriptBlobs = await readBlobs(new Set(present.map(({ id }) => id)))

const bases = new Map(
  present.map(({ commit, base }) => [`${commit}:${base}`, { key: `${commit}:${base}`, commit, path: base }]),
)
const baseTexts = await followLinks([...bases.values()])

const pairs = new Map()
const others = new Set()
for (const { commit, base, id } of present) {
  const target = baseTexts.get(`${commit}:${base}`)
  if (target === undefined) continue
  const script = scriptBlobs.get(id).toString('utf8')
  if (dialectOf(script) === 'yq-v3') pairs.set(`${id} ${target.id}`, { script, document: target.text })
  else others.add(`${id} ${target.id}`)
}
const cases = [...pairs.values()]
const answers = await runYq3(binary, cases, Number(values.lanes))
const { differences, printed } = compareWithYq3(cases, answers)
const distinct = new Set(cases.map(({ script }) => createHash('sha1').update(script).digest('hex')))
stdout.write(
  `${commits.length} commits, ${distinct.size} yq 3 scripts, ${cases.length} pairs of script and base (${others.size} pairs of other dialects): yq 3.4.1 printed ${printed}; ${differences.length} differ\n`,
)
for (const item of differences.slice(0, 5)) stdout.write(`\n${JSON.stringify(item).slice(0, 4000)}\n`)
exit(differences.length === 0 ? 0 : 1)

function dialectOf(script) {
  try {
    return recogniseDialect(script, 'script').dialect
  } catch {
    return undefined
  }
}
