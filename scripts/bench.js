// Ratios of two things measured in turn in one run, with the raw figures. `--rounds N` (11), `--only NAME`.
import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { stdout } from 'node:process'
import { parseArgs } from 'node:util'

import { loadSource, root } from './load-source.js'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '11' }, only: { type: 'string' } },
})
const rounds = Number(values.rounds)

const benches = {
  'yq-command': async () => (await loadSource('bench/yq-command.ts')).benchYqCommand(rounds),
  'yq-large': async () => (await loadSource('bench/yq-large.ts')).benchYqLarge(rounds),
  diff: async () => (await loadSource('packages/golden/bench/diff.ts')).benchDiff(rounds),
  jobs: async () => (await loadSource('packages/prow/bench/jobs.ts')).benchJobs(rounds),
  'many-overlays': async () => (await loadSource('bench/many-overlays.ts')).benchManyOverlays(rounds),
  render: async () =>
    existsSync(join(root, '../shared/corpus'))
      ? (await loadSource('bench/render.ts')).benchRender(rounds)
      : 'render: skipped, the real trees are not in ../shared/corpus',
}

stdout.write(
  `Node ${process.version}, ${cpus().length} cores; ratio = median of the ratios of each round\n\n`,
)
for (const [name, bench] of Object.entries(benches)) {
  if (values.only === undefined || values.only === name) stdout.write(`${await bench()}\n\n`)
}
