import { createHash } from 'node:crypto'
import { join } from 'node:path'

import { errnoOf } from '../system-fault.ts'
import { diskView } from '../tree/disk-view.ts'
import type { GitRepository } from './open-repository.ts'

export interface ChangeOptions {
  /** Whether files that git does not track count, unless they are ignored. */
  readonly untracked: boolean
  readonly signal?: AbortSignal | undefined
}

/**
 * The absolute paths of the files in the work tree that differ from those of a commit, sorted. Contents of submodules do not count.
 *
 * @param commit a full hash
 * @returns undefined when git cannot tell
 */
export async function changedFiles(
  repository: GitRepository,
  commit: string,
  { untracked, signal }: ChangeOptions,
): Promise<string[] | undefined> {
  const [compared, others] = await Promise.all([
    repository.run(
      'diff-index',
      ['--raw', '-z', '--no-renames', '--no-abbrev', '--ignore-submodules=all', commit],
      { signal },
    ),
    untracked
      ? repository.run('ls-files', ['-z', '--others', '--exclude-standard'], { signal })
      : { exitCode: 0, stdout: new Uint8Array() },
  ])
  if (compared.exitCode !== 0 || others.exitCode !== 0) return undefined
  const changed = changesIn(Buffer.from(compared.stdout).toString())
    .filter((change) => !hasContent(join(repository.workTree, change.path), change))
    .map(({ path }) => path)
  const added = Buffer.from(others.stdout)
    .toString()
    .split('\0')
    // A nested repository is listed by its folder only.
    .filter((path) => path !== '' && !path.endsWith('/'))
  return [...new Set([...changed, ...added])].sort().map((path) => join(repository.workTree, path))
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
