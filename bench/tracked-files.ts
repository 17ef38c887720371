import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { listTrackedFiles } from '../packages/render/src/tracked-files.ts'
import { compareInTurn, median, report } from './measure.ts'

const run = promisify(execFile)
const FILES = 10_000
const FOLDERS = 100

/** The maximum time to list 10,000 files. */
const MOST_MILLISECONDS = 50

/**
 * Compares our list of the 10,000 tracked files of a tree with git alone. Each workspace with stub secrets
 * needs the list once.
 */
export async function benchTrackedFiles(rounds: number): Promise<string> {
  const top = await mkdtemp(join(tmpdir(), 'overlay-render-bench-'))
  try {
    await layFiles(top)
    const listing = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
    const comparison = await compareInTurn(
      `tracked tree of ${FILES} files, against git ls-files alone`,
      rounds,
      async () => void (await listTrackedFiles(top)),
      async () => void (await run('git', listing, { cwd: top, maxBuffer: 2 ** 26 })),
    )
    const [git, ours] = [median(comparison.theirs), median(comparison.ours)]
    const verdict = ours <= MOST_MILLISECONDS ? 'met' : 'MISSED'
    return [
      report(comparison, undefined),
      `  ${ours.toFixed(0)} ms (target ${MOST_MILLISECONDS} ms: ${verdict}), of which git ls-files takes ${git.toFixed(0)} ms`,
    ].join('\n')
  } finally {
    await rm(top, { recursive: true, force: true })
  }
}

async function layFiles(top: string): Promise<void> {
  for (let folder = 0; folder < FOLDERS; folder++) {
    await mkdir(join(top, `f${folder}`))
    for (let file = 0; file < FILES / FOLDERS; file++)
      await writeFile(join(top, `f${folder}`, `${file}.yaml`), `at: ${folder}/${file}\n`)
  }
  await run('git', ['init', '--quiet'], { cwd: top })
  await run('git', ['add', '--all'], { cwd: top })
}
