import { join, relative, sep } from 'node:path'

import {
  type GitRepository,
  type IsVisible,
  onlyListed,
  openRepository,
  SystemFault,
} from '@overlay-render/system'

import { IndexNames } from './git-index/index-names.ts'

/**
 * Whether only files in git's index count as tracked (`OVERLAY_RENDER_INDEX_ONLY`). A presubmit sets this: an untracked file in its
 * checkout is not part of the pull request and may be a secret, and the pull request can change which files git ignores. So it is
 * no setting in the tree.
 */
export function countsIndexAlone(): boolean {
  return !['', '0', 'false'].includes(process.env['OVERLAY_RENDER_INDEX_ONLY'] ?? '')
}

/**
 * The files and links that git tracks in a work tree, or would track: not ignored, whether or not they were added. With
 * `OVERLAY_RENDER_INDEX_ONLY` only tracked ones. Files in submodules and nested repositories are not included.
 */
export interface TrackedFiles {
  /** The real paths of those in git's index, on disk or not. */
  readonly indexed: () => string[]
  /** The real paths of those that were not added. */
  readonly added: readonly string[]
  /** Shows them and their folders, and everything outside of the work tree. */
  readonly isVisible: IsVisible
}

/**
 * Asks git for its files.
 *
 * @throws SystemFault `git-missing`, `git-untrusted` or `git-refused`: with stub secrets only files that git lists are read
 */
export async function askTrackedFiles(
  workTree: string,
  repository: GitRepository | undefined,
  signal?: AbortSignal,
): Promise<TrackedFiles> {
  const addable = countsIndexAlone() ? [] : ['--others', '--exclude-standard']
  const listed = await repository?.run('ls-files', ['-z', '-t', '--cached', ...addable], { signal })
  if (listed?.exitCode !== 0) {
    throw new SystemFault({
      code: 'git-refused',
      message: `git cannot say which files of ${workTree} it tracks, and a render with stub secrets reads no other files`,
      // In a partial clone the same command, run by hand, also fetches the ignore files that git lacks.
      hint: `run: git -C ${workTree} ${['ls-files', ...addable].join(' ')}`,
      verbose: listed?.stderr,
    })
  }
  return readListing(Buffer.from(listed.stdout), workTree)
}

/** The real path of every such file. @throws SystemFault as `askTrackedFiles` */
export async function listTrackedFiles(workTree: string, signal?: AbortSignal): Promise<string[]> {
  const { added, indexed } = await askTrackedFiles(workTree, await openRepository(workTree, signal), signal)
  return [...added, ...indexed()]
}

/** The length of the tag of a file, such as `H `. */
const TAG = 2
/** The tag of a file that is not in the index. git lists these first. */
const OTHER = '?'.charCodeAt(0)

/**
 * Reads what `ls-files -t -z` prints. The names in the index are not decoded until they are asked for: there may be a hundred thousand,
 * of which a render needs some hundred.
 */
function readListing(bytes: Buffer, workTree: string): TrackedFiles {
  const pathOf = (name: string): string => join(workTree, name)
  let end = 0
  while (bytes[end] === OTHER) end = bytes.indexOf(0, end) + 1
  const added = namesIn(bytes.subarray(0, end)).map(pathOf)
  const rest = bytes.subarray(end)
  const names = new IndexNames(rest, TAG)
  const isAdded = onlyListed(workTree, added)
  return {
    added,
    indexed: () => namesIn(rest).map(pathOf),
    isVisible: (path, kind) => {
      if (isAdded(path, kind)) return true
      const name = relative(workTree, path).replaceAll(sep, '/')
      return kind === 'folder' ? names.hasBelow(name) : names.has(name)
    },
  }
}

function namesIn(bytes: Buffer): string[] {
  const names = bytes.toString('utf8').split('\0')
  // A nested repository is listed by its folder only.
  return names.filter((name) => name !== '' && !name.endsWith('/')).map((name) => name.slice(TAG))
}
