import { join } from 'node:path'

import { openRepository, SystemFault } from '@overlay-render/system'

/** What git lists of a work tree. Names are from its top, with forward slashes. */
export interface TrackedNames {
  /** What is in the index, whether or not it is on the disk. */
  readonly cached: readonly string[]
  /** What could be added: neither in the index nor ignored. Empty with `OVERLAY_RENDER_INDEX_ONLY`. */
  readonly others: readonly string[]
}

/**
 * A presubmit asks for it: what is in its checkout and not in the index is not of the pull request, and may be a secret, while a pull
 * request can change the rules by which git ignores it. A setting in the tree could not ask for it.
 */
function countsIndexAlone(): boolean {
  return !['', '0', 'false'].includes(process.env['OVERLAY_RENDER_INDEX_ONLY'] ?? '')
}

/**
 * The real path of every file and link that git tracks in a work tree, or would track: not ignored, whether or not it was added. With
 * `OVERLAY_RENDER_INDEX_ONLY` only what git tracks. What is in submodules and in other repositories below the work tree is not among them.
 *
 * @throws as `listTrackedNames`
 */
export async function listTrackedFiles(workTree: string, signal?: AbortSignal): Promise<string[]> {
  return pathsOf(await listTrackedNames(workTree, signal), workTree)
}

export function pathsOf({ cached, others }: TrackedNames, workTree: string): string[] {
  return [...others, ...cached].map((name) => join(workTree, name))
}

/**
 * The same as names, apart.
 *
 * @throws SystemFault `git-missing`, `git-untrusted` or `git-refused`: with stub secrets nothing is read that git cannot vouch for
 */
export async function listTrackedNames(workTree: string, signal?: AbortSignal): Promise<TrackedNames> {
  const repository = await openRepository(workTree, signal)
  const addable = countsIndexAlone() ? [] : ['--others', '--exclude-standard']
  const listed = await repository?.run('ls-files', ['-z', '-t', '--cached', ...addable], { signal })
  if (listed?.exitCode !== 0) {
    throw new SystemFault({
      code: 'git-refused',
      message: `git cannot say which files of ${workTree} it tracks, and with stub secrets nothing else is read`,
      hint: `see what git says to: git -C ${workTree} ls-files`,
      verbose: listed?.stderr,
    })
  }
  const cached: string[] = []
  const others: string[] = []
  // `<tag> <name>`: `?` is what is not in the index.
  for (const line of Buffer.from(listed.stdout).toString('utf8').split('\0')) {
    const name = line.slice(2)
    // A repository within the work tree is listed by the name of its folder alone.
    if (name !== '' && !name.endsWith('/')) (line.startsWith('? ') ? others : cached).push(name)
  }
  return { cached, others }
}
