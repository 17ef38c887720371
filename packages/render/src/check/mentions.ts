import { relative, sep } from 'node:path'

import { KUSTOMIZATION_NAMES } from '@overlay-render/kustomize'
import { openRepository, type TreeView } from '@overlay-render/system'

import type { PipelineContext } from '../pipeline.ts'

/** A larger file is data, and names nothing. */
const LARGEST_TEXT = 1_000_000

/** The last one: names are read from stdin. */
const OPTIONS = ['--no-color', '--no-recurse-submodules', '-I', '-F', '-o', '-z', '-f', '-']

/**
 * The names, of those given, that some file of the tree holds which is no kustomization, and not the file of that name. In git,
 * all that is tracked is searched, in one call; elsewhere the workspace.
 *
 * @param names texts without line ends
 * @param files what is searched outside of git
 */
export async function findMentions(
  { boundary: { workTree }, workspace, visible }: PipelineContext,
  names: readonly string[],
  {
    files,
    view,
    signal,
  }: { readonly files: readonly string[]; readonly view: TreeView; readonly signal: AbortSignal | undefined },
): Promise<ReadonlySet<string>> {
  if (names.length === 0) return new Set()
  const repository = workTree === undefined ? undefined : await openRepository(workTree, signal)
  if (repository === undefined) return searchFiles(names, files, view, workspace)
  const { commit } = visible.whole
  const where = commit === undefined ? ['--untracked'] : [commit]
  const { exitCode, stdout } = await repository.run(
    'grep',
    [...OPTIONS, ...where, '--', '.', ...KUSTOMIZATION_NAMES.map((name) => `:(exclude,glob)**/${name}`)],
    { signal, input: `${names.join('\n')}\n` },
  )
  const found = new Set<string>()
  // Where git cannot search, nothing is said of any name.
  if (exitCode !== 0 && exitCode !== 1) return new Set(names)
  for (const line of Buffer.from(stdout).toString('utf8').split('\n')) {
    const [file = '', name = ''] = line.split('\0')
    if (name !== '' && !file.endsWith(name)) found.add(name)
  }
  return found
}

function searchFiles(
  names: readonly string[],
  files: readonly string[],
  view: TreeView,
  workspace: string,
): ReadonlySet<string> {
  const found = new Set<string>()
  for (const file of files) {
    const path = relative(workspace, file).split(sep).join('/')
    if (KUSTOMIZATION_NAMES.some((name) => path.endsWith(name))) continue
    const bytes = Buffer.from(view.readFile(file))
    if (bytes.byteLength > LARGEST_TEXT) continue
    for (const name of names) if (!path.endsWith(name) && bytes.includes(name)) found.add(name)
  }
  return found
}
