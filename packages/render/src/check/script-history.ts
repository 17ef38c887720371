import { posix, relative, resolve, sep } from 'node:path'

import type { EarlierBase, PositionalPath, ScriptCheck } from '@overlay-render/check'
import { type GitRepository, TreeListing } from '@overlay-render/system'

import type { PipelineContext } from '../pipeline-context.ts'

/**
 * The base at the time when each path of a script was written, by line. Empty outside of git and in a shallow clone; a line that is
 * not committed yet has none.
 */
export async function findEarlier(
  { input }: ScriptCheck,
  paths: readonly Pick<PositionalPath, 'line' | 'shown'>[],
  context: PipelineContext,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<number, EarlierBase>> {
  const earlier = new Map<number, EarlierBase>()
  const { workTree } = context.boundary
  const repository = paths.length === 0 ? undefined : await context.repository()
  if (workTree === undefined || repository === undefined || (await isShallow(repository, signal)))
    return earlier
  const pathOf = (shown: string): string =>
    relative(workTree, resolve(context.workspace, shown)).split(sep).join('/')
  const script = pathOf(input.script.file)
  const names = await namesOf(repository, pathOf(input.base.file), context.visible.whole.commit)
  for (const path of paths) {
    const written = await commitOfPath(repository, script, path, context)
    if (written === undefined) continue
    const bases = await filesNamed(repository, written.commit, names)
    earlier.set(path.line, { ...written, bases })
  }
  return earlier
}

interface Written {
  readonly commit: string
  readonly date: string
}

async function isShallow(repository: GitRepository, signal: AbortSignal | undefined): Promise<boolean> {
  return (await ask(repository, 'rev-parse', ['--is-shallow-repository'], signal)) !== 'false'
}

/** The trimmed output of git; undefined when it fails. */
async function ask(
  repository: GitRepository,
  command: 'blame' | 'log' | 'rev-parse',
  args: readonly string[],
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { exitCode, stdout } = await repository.run(command, args, { signal })
  return exitCode === 0 ? Buffer.from(stdout).toString('utf8').trim() : undefined
}

/**
 * The commit that added a path to the script, under any file name and in any dialect, else the commit that last changed its line.
 * Undefined for a line that is not committed yet.
 */
async function commitOfPath(
  repository: GitRepository,
  script: string,
  { line, shown }: Pick<PositionalPath, 'line' | 'shown'>,
  { visible: { whole } }: PipelineContext,
): Promise<Written | undefined> {
  const revision = whole.commit === undefined ? [] : [whole.commit]
  const where = [...revision, '--', script]
  const blamed = await ask(repository, 'blame', ['--porcelain', '-L', `${line},${line}`, ...where])
  const last = /^[0-9a-f]{40,64}/u.exec(blamed ?? '')?.[0] ?? ''
  if (/^0*$/u.test(last)) return undefined
  const format = ['--format=%H %cs', '--no-show-signature', '--no-patch']
  const brought = await ask(repository, 'log', ['-1', ...format, '--follow', `-S${shown}`, ...where])
  const told =
    brought === undefined || brought === '' ? await ask(repository, 'log', ['-1', ...format, last]) : brought
  const [commit = '', date = ''] = (told ?? '').split(' ')
  return date === '' ? undefined : { commit, date }
}

/** The base names that a file has had in its history. */
async function namesOf(
  repository: GitRepository,
  path: string,
  commit: string | undefined,
): Promise<ReadonlySet<string>> {
  const revision = commit === undefined ? [] : [commit]
  const args = ['--follow', '--diff-filter=AR', '--name-status', '--no-ext-diff', '--format=', '-z']
  const told = await ask(repository, 'log', [...args, ...revision, '--', path])
  const paths = (told ?? '').split('\0').filter((name) => name.includes('/'))
  return new Set([path, ...paths].map((name) => posix.basename(name)))
}

/** With more files of that name the name identifies nothing, so none is read. */
const MAX_FILES = 50

/** The contents of the regular files of a commit that have one of the names. */
async function filesNamed(
  repository: GitRepository,
  commit: string,
  names: ReadonlySet<string>,
): Promise<Uint8Array[]> {
  const { exitCode, stdout } = await repository.run('ls-tree', ['-r', '-z', '--full-tree', commit])
  if (exitCode !== 0) return []
  const listing = new TreeListing(stdout, repository.workTree)
  const found = [...names].flatMap((name) => listing.named(name)).filter(({ mode }) => mode.startsWith('100'))
  const files: Uint8Array[] = []
  for (const object of new Set(found.length > MAX_FILES ? [] : found.map(({ id }) => id))) {
    const blob = await repository.run('cat-file', ['blob', object])
    if (blob.exitCode === 0) files.push(blob.stdout)
  }
  return files
}
