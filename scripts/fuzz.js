// Runs random documents and expressions through the real yq 4 and our yq, and prints how often they agree.
// `--of formats` reads and writes TOML and INI; `--of rare` covers the formats, flags and operators that the
// other modes leave out.
// Usage: node scripts/fuzz.js [--cases 20000] [--seed 1] [--of language|formats|rare] [--report FILE]
import { argv, chdir, exit, stderr, stdout } from 'node:process'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'

import { bundleSource, loadSource, root } from './load-source.js'

const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    cases: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    of: { type: 'string', default: 'language' },
    report: { type: 'string' },
  },
})
chdir(root)
const { writeAtomically } = await loadSource('packages/system/src/index.ts')
const { findOracle, inLanes, runYq } = await loadSource('test/conformance/oracle.ts')
const { compareVerdicts, seededCase } = await loadSource('test/differential/compare.ts')
const { seededDraw } = await loadSource('test/differential/draw.ts')
const { randomFormatCase } = await loadSource('test/differential/toml-and-ini.ts')
const { rareCase } = await loadSource('test/differential/rare-cases.ts')
const { shrink } = await loadSource('test/differential/shrink.ts')

const yq = findOracle('yq4')
if (yq === undefined) {
  stderr.write('The real yq 4 is not installed: run `pnpm oracles` first.\n')
  exit(3)
}

const LANES = 2
const TIMEOUT = 5_000
/** Maximum number of characters to print of a difference. The report contains all of them. */
const WIDEST = 2_000
const workerFile = await bundleSource('test/differential/worker.ts')

/** Runs our side in a worker, so that an endless loop is reported as a finding and does not block the run. */
class Side {
  #worker

  async run(item) {
    this.#worker ??= new Worker(workerFile, { resourceLimits: { maxOldGenerationSizeMb: 1024 } })
    const worker = this.#worker
    const answer = await new Promise((resolve) => {
      const settle = (verdict) => {
        clearTimeout(timer)
        worker.off('message', settle)
        worker.off('error', fail)
        resolve(verdict)
      }
      const fail = (error) => settle({ output: '', error: `crash: ${error.message}`, died: true })
      const timer = setTimeout(() => settle({ output: '', error: 'does not end' }), TIMEOUT)
      worker.on('message', settle)
      worker.on('error', fail)
      worker.postMessage(item, [])
    })
    if (answer.error === 'does not end' || answer.died) await this.end()
    return answer
  }

  async end() {
    await this.#worker?.terminate()
    this.#worker = undefined
  }
}

const count = Number(values.cases)
const first = Number(values.seed) * 1_000_003
const sides = Array.from({ length: LANES }, () => new Side())
const idle = [...sides]
const tally = new Map(
  ['same output', 'same refusal', 'other sentence', 'different', 'no answer'].map((name) => [name, 0]),
)
const different = []
const sentences = []

async function compare(item) {
  const side = idle.pop()
  try {
    const [real, ours] = await Promise.all([runYq(yq, item), side.run(item)])
    return { real, ours, outcome: compareVerdicts(real, ours) }
  } finally {
    idle.push(side)
  }
}

const MAKERS = {
  language: seededCase,
  formats: (seed) => randomFormatCase(seededDraw(seed)),
  rare: (seed) => rareCase(seededDraw(seed)),
}
const started = performance.now()
await inLanes(
  Array.from({ length: count }, (_, index) => first + index),
  LANES,
  async (seed) => {
    const item = MAKERS[values.of](seed)
    const { real, ours, outcome } = await compare(item)
    tally.set(outcome, tally.get(outcome) + 1)
    if (outcome === 'different') different.push({ seed, ...item })
    if (outcome === 'other sentence') sentences.push({ seed, ...item, real: real.error, ours: ours.error })
  },
)
const seconds = (performance.now() - started) / 1000

const found = []
for (const item of different.slice(0, 60)) {
  const small = await shrink(item, async (candidate) => (await compare(candidate)).outcome === 'different')
  found.push({ seed: item.seed, ...small, ...(await compare(small)) })
}
for (const side of sides) await side.end()

for (const [name, number] of tally) {
  stdout.write(
    `${name.padEnd(16)}${String(number).padStart(8)}${`${((100 * number) / count).toFixed(2)} %`.padStart(10)}\n`,
  )
}
stdout.write(`${String(count).padStart(24)} cases from seed ${values.seed}, ${seconds.toFixed(0)} s\n`)
for (const { seed, expression, flags, document, real, ours } of found) {
  stdout.write(`\n${JSON.stringify({ seed, expression, flags, document, real, ours }).slice(0, WIDEST)}\n`)
}
if (values.report !== undefined) {
  await writeAtomically(
    values.report,
    `${[...found, ...sentences].map((item) => JSON.stringify(item)).join('\n')}\n`,
    { guarded: [] },
  )
}
exit(different.length === 0 ? 0 : 1)
