import { join } from 'node:path'

import { openRepository, SystemFault } from '@overlay-render/system'

/**
 * CI systems set `CI`. What is in their checkout and not in the index is not of the pull request, and may be a secret; and a pull request
 * can change the rules by which git ignores it.
 */
function countsIndexAlone(): boolean {
  return !['', '0', 'false'].includes(process.env['CI'] ?? '')
}

/**
 * The real path of every file and link that git tracks in a work tree, or, outside of CI, would track: not ignored, whether or not it
 * was added. What is in submodules and in other repositories below the work tree is not among them.
 *
 * @throws SystemFault `git-missing`, `git-untrusted` or `git-refused`: with stub secrets nothing is read that git cannot vouch for
 */
export async function listTrackedFiles(workTree: string, signal?: AbortSignal): Promise<string[]> {
  const repository = await openRepository(workTree, signal)
  const others = countsIndexAlone() ? [] : ['--others', '--exclude-standard']
  const listed = await repository?.run('ls-files', ['-z', '--cached', ...others], { signal })
  if (listed?.exitCode !== 0) {
    throw new SystemFault({
      code: 'git-refused',
      message: `git cannot say which files of ${workTree} it tracks, and with stub secrets nothing else is read`,
      hint: `see what git says to: git -C ${workTree} ls-files`,
      verbose: listed?.stderr,
    })
  }
  const names = Buffer.from(listed.stdout).toString('utf8').split('\0')
  // A repository within the work tree is listed by the name of its folder alone.
  return names.filter((name) => name !== '' && !name.endsWith('/')).map((name) => join(workTree, name))
}
