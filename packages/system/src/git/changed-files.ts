import { createHash } from 'node:crypto'
import { join } from 'node:path'

import { errnoOf } from '../system-fault.ts'
import { diskView } from '../tree/disk-view.ts'
import type { GitRepository } from './open-repository.ts'

/**
 * The absolute paths of the files in the work tree that differ from those of a commit, sorted. Files that are neither in the commit nor
 * in git's index do not count, nor do contents of submodules.
 *
 * @param commit a full hash
 * @returns undefined when git cannot tell
 */
export async function changedFiles(
  repository: GitRepository,
  commit: string,
  signal?: AbortSignal,
): Promise<string[] | undefined> {
  const options = ['--raw', '-z', '--no-renames', '--no-abbrev', '--ignore-submodules=all']
  const { exitCode, stdout } = await repository.run('diff-index', [...options, commit], { signal })
  if (exitCode !== 0) return undefined
  return changesIn(Buffer.from(stdout).toString())
    .filter((change) => !hasContent(join(repository.workTree, change.path), change))
    .map(({ path }) => path)
    .sort()
    .map((path) => join(repository.workTree, path))
}

interface RawChange {
  readonly path: string
  readonly modes: readonly [before: string, after: string]
  /** The id of the content in the commit. */
  readonly id: string
}

/** The changes in the output of `--raw -z`: `:MODE MODE ID ID STATUS NUL path NUL`. */
function changesIn(output: string): RawChange[] {
  const fields = output.split('\0')
  const changes: RawChange[] = []
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [before = '', after = '', id = ''] = fields[at]?.slice(1).split(' ') ?? []
    changes.push({ path: fields[at + 1] ?? '', modes: [before, after], id })
  }
  return changes
}

/** Whether the file has the content after all: git lists each file whose times it does not know, and looks into none. */
function hasContent(path: string, { modes, id }: RawChange): boolean {
  if (modes[0] !== modes[1] || !modes[0].startsWith('100')) return false
  try {
    if (diskView.kindOf(path) !== 'file') return false
    const content = diskView.readFile(path)
    const hash = createHash(id.length === 64 ? 'sha256' : 'sha1')
    return hash.update(`blob ${content.byteLength}\0`).update(content).digest('hex') === id
  } catch (error) {
    if (errnoOf(error) === undefined) throw error
    return false
  }
}
