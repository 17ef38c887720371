import { join } from 'node:path'

import { openRepository, SystemFault } from '@overlay-render/system'

/**
 * Whether only files in git's index count as tracked (`OVERLAY_RENDER_INDEX_ONLY`). A presubmit sets this: an untracked file in its
 * checkout is not part of the pull request and may be a secret, and the pull request can change which files git ignores. So it is
 * no setting in the tree.
 */
export function countsIndexAlone(): boolean {
  return !['', '0', 'false'].includes(process.env['OVERLAY_RENDER_INDEX_ONLY'] ?? '')
}

/**
 * The real path of every file and link that git tracks in a work tree, or would track: not ignored, whether or not it was added.
 * With `OVERLAY_RENDER_INDEX_ONLY` only tracked ones. Files in submodules and nested repositories are not included.
 *
 * @throws SystemFault `git-missing`, `git-untrusted` or `git-refused`: with stub secrets only files that git lists are read
 */
export async function listTrackedFiles(workTree: string, signal?: AbortSignal): Promise<string[]> {
  const repository = await openRepository(workTree, signal)
  const addable = countsIndexAlone() ? [] : ['--others', '--exclude-standard']
  const listed = await repository?.run('ls-files', ['-z', '--cached', ...addable], { signal })
  if (listed?.exitCode !== 0) {
    throw new SystemFault({
      code: 'git-refused',
      message: `git cannot say which files of ${workTree} it tracks, and a render with stub secrets reads no other files`,
      // In a partial clone the same command, run by hand, also fetches the ignore files that git lacks.
      hint: `run: git -C ${workTree} ${['ls-files', ...addable].join(' ')}`,
      verbose: listed?.stderr,
    })
  }
  const names = Buffer.from(listed.stdout).toString('utf8').split('\0')
  // A nested repository is listed by its folder only.
  return names.filter((name) => name !== '' && !name.endsWith('/')).map((name) => join(workTree, name))
}
