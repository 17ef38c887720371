import { join } from 'node:path'
import { readFileSync } from 'node:fs'

import { median, timed } from '../../../bench/measure.ts'
import {
  checkProw,
  diffJobs,
  formatJobsDiff,
  LoadMemory,
  loadProw,
  type ProwFiles,
  readProwCheck,
} from '../src/index.ts'
import { corpus, DEPLOYMENTS } from '../test/support/prow-oracle.ts'
import { readTree } from '../test/support/read-tree.ts'

/** Target times in milliseconds, on two cores. */
const DIFF = 2000
const CHECK = 1500

/** Compares all job files of the largest real deployment with a changed copy, and checks them. */
export async function benchJobs(rounds: number): Promise<string> {
  const deployment = DEPLOYMENTS['kubevirt-2026']
  if (corpus === undefined || deployment === undefined)
    return 'jobs: skipped, the real trees are not in ../shared/corpus'
  const folder = join(corpus, deployment.jobs)
  const config = { path: 'config.yaml', bytes: readFileSync(join(corpus, deployment.config)) }
  const before: ProwFiles = { config, jobs: readTree(folder) }
  // Change every file, so that no decoded file can be reused for both sides.
  const after = {
    config,
    jobs: before.jobs.map(({ path, bytes }) => ({
      path,
      bytes: Buffer.concat([bytes, Buffer.from('\n# x\n')]),
    })),
  }
  const diffs: number[] = []
  const checks: number[] = []
  for (let round = 0; round < Math.min(rounds, 5); round++) {
    diffs.push(
      await timed(async () => {
        const memory = new LoadMemory()
        const diff = diffJobs(loadProw(before, memory), loadProw(after, memory), { before: 'a', after: 'b' })
        formatJobsDiff(diff, 'text')
      }),
    )
    checks.push(await timed(async () => void checkProw(readProwCheck(before))))
  }
  const row = (what: string, times: readonly number[], target: number): string =>
    `${what}: first ${(times[0] ?? 0).toFixed(0)} ms, median ${median(times).toFixed(0)} ms, best ${Math.min(...times).toFixed(0)} ms (target ${target} ms)`
  return [
    row(`jobs diff, ${before.jobs.length} files on both sides, all different`, diffs, DIFF),
    row(`jobs check, ${before.jobs.length} files`, checks, CHECK),
  ].join('\n')
}
