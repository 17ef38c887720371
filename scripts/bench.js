// Runs the benchmarks. Each compares two tasks in alternating runs and prints the ratio and the measured
// times. Options: `--rounds N` (11), `--only NAME`, `--json`; for cost by size `--most N` overlays (1000);
// for diff-revision `--workspace DIR`, a workspace in a clone without uncommitted changes.
import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { stdout } from 'node:process'
import { parseArgs } from 'node:util'

import { loadSource, root } from './load-source.js'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '11' },
    only: { type: 'string' },
    json: { type: 'boolean' },
    most: { type: 'string', default: '1000' },
    workspace: { type: 'string' },
  },
})
const rounds = Number(values.rounds)

const benches = {
  'yq-command': async () => (await loadSource('bench/yq-command.ts')).benchYqCommand(rounds),
  'yq-large': async () => (await loadSource('bench/yq-large.ts')).benchYqLarge(rounds),
  diff: async () => (await loadSource('packages/golden/bench/diff.ts')).benchDiff(rounds),
  size: async () => (await loadSource('bench/cost-by-size.ts')).benchCostBySize(rounds, Number(values.most)),
  jobs: async () => (await loadSource('packages/prow/bench/jobs.ts')).benchJobs(rounds),
  'many-overlays': async () => (await loadSource('bench/many-overlays.ts')).benchManyOverlays(rounds),
  'diff-revision': async () =>
    (await loadSource('bench/diff-revision.ts')).benchDiffRevision(rounds, values.workspace),
  'diff-live': async () => (await loadSource('bench/diff-live.ts')).benchDiffLive(),
  'tracked-files': async () => (await loadSource('bench/tracked-files.ts')).benchTrackedFiles(rounds),
  'unrelated-files': async () => (await loadSource('bench/unrelated-files.ts')).benchUnrelatedFiles(rounds),
  render: async () =>
    existsSync(join(root, '../shared/corpus'))
      ? (await loadSource('bench/render.ts')).benchRender(rounds)
      : 'render: skipped, the real trees are not in ../shared/corpus',
  check: async () =>
    existsSync(join(root, '../shared/corpus'))
      ? (await loadSource('bench/check.ts')).benchCheck(rounds)
      : 'check: skipped, the real trees are not in ../shared/corpus',
  trace: async () =>
    existsSync(join(root, '../shared/corpus'))
      ? (await loadSource('bench/trace.ts')).benchTrace(rounds)
      : 'trace: skipped, the real trees are not in ../shared/corpus',
}

/** Parses a report into data: the ratio, its target and the milliseconds of each round. */
function figuresOf(text) {
  const RATIO =
    /^(.+): ratio ([\d.]+)(?: \(target ([\d.]+): \w+\))?\n {2}ours .*?: ([\d ]+)\n {2}theirs .*?: ([\d ]+)$/gmu
  return [...text.matchAll(RATIO)].map(([, name, ratio, target, ours, theirs]) => ({
    name,
    ratio: Number(ratio),
    ...(target === undefined ? {} : { target: Number(target) }),
    ours: ours.split(' ').map(Number),
    theirs: theirs.split(' ').map(Number),
  }))
}

const machine = `Node ${process.version}, ${cpus().length} cores; ratio = median of the ratios of each round`
const figures = []
if (!values.json) stdout.write(`${machine}\n\n`)
for (const [name, bench] of Object.entries(benches)) {
  if (values.only !== undefined && values.only !== name) continue
  const text = await bench()
  if (values.json) figures.push(...figuresOf(text))
  else stdout.write(`${text}\n\n`)
}
if (values.json) stdout.write(`${JSON.stringify({ machine, figures }, undefined, 2)}\n`)
