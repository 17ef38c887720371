import { join } from 'node:path'

import { openRepository, SystemFault } from '@overlay-render/system'

/**
 * A presubmit asks for it: what is in its checkout and not in the index is not of the pull request, and may be a secret, while a pull
 * request can change the rules by which git ignores it. A setting in the tree could not ask for it.
 */
export function countsIndexAlone(): boolean {
  return !['', '0', 'false'].includes(process.env['OVERLAY_RENDER_INDEX_ONLY'] ?? '')
}

/**
 * The real path of every file and link that git tracks in a work tree, or would track: not ignored, whether or not it was added. With
 * `OVERLAY_RENDER_INDEX_ONLY` only what git tracks. What is in submodules and in other repositories below the work tree is not among them.
 *
 * @throws SystemFault `git-missing`, `git-untrusted` or `git-refused`: with stub secrets nothing is read that git cannot vouch for
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
  // A repository within the work tree is listed by the name of its folder alone.
  return names.filter((name) => name !== '' && !name.endsWith('/')).map((name) => join(workTree, name))
}
