import { relative, resolve, sep } from 'node:path'

import type { EarlierBase, ScriptCheck } from '@overlay-render/check'
import type { GitRepository } from '@overlay-render/system'

import type { PipelineContext } from '../pipeline-context.ts'

/**
 * The base as it was when lines of a script were written, by their numbers: nothing outside of git and in a shallow clone, nor for a
 * line that is in no commit yet.
 */
export async function findEarlier(
  { input }: ScriptCheck,
  lines: ReadonlySet<number>,
  context: PipelineContext,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<number, EarlierBase>> {
  const earlier = new Map<number, EarlierBase>()
  const { workTree } = context.boundary
  const repository = lines.size === 0 ? undefined : await context.repository()
  if (workTree === undefined || repository === undefined || (await isShallow(repository, signal)))
    return earlier
  const pathOf = (shown: string): string =>
    relative(workTree, resolve(context.workspace, shown)).split(sep).join('/')
  const names = await namesOf(repository, pathOf(input.base.file), context.visible.whole.commit)
  for (const line of lines) {
    const written = await commitOfLine(repository, pathOf(input.script.file), line, context)
    const base = written === undefined ? undefined : await baseIn(repository, written, names)
    if (base !== undefined) earlier.set(line, base)
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

/** What git prints; undefined where it fails. */
async function ask(
  repository: GitRepository,
  command: 'blame' | 'log' | 'rev-parse',
  args: readonly string[],
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { exitCode, stdout } = await repository.run(command, args, { signal })
  return exitCode === 0 ? Buffer.from(stdout).toString('utf8').trim() : undefined
}

/** The commit that last changed a line; undefined for a line that is in none yet. */
async function commitOfLine(
  repository: GitRepository,
  path: string,
  line: number,
  { visible: { whole } }: PipelineContext,
): Promise<Written | undefined> {
  const revision = whole.commit === undefined ? [] : [whole.commit]
  const told = await ask(repository, 'blame', [
    '--porcelain',
    '-L',
    `${line},${line}`,
    ...revision,
    '--',
    path,
  ])
  const commit = /^[0-9a-f]{40,64}/u.exec(told ?? '')?.[0] ?? ''
  if (/^0*$/u.test(commit)) return undefined
  const date = await ask(repository, 'log', ['-1', '--format=%cs', '--no-show-signature', commit])
  return date === undefined ? undefined : { commit, date }
}

/** The paths that a file has had, newest first. */
async function namesOf(
  repository: GitRepository,
  path: string,
  commit: string | undefined,
): Promise<readonly string[]> {
  const revision = commit === undefined ? [] : [commit]
  const args = ['--follow', '--diff-filter=AR', '--name-status', '--no-ext-diff', '--format=', '-z']
  const told = await ask(repository, 'log', [...args, ...revision, '--', path])
  return [
    ...new Set([path, ...(told ?? '').split('\0').filter((name) => name.includes('/') || name === path)]),
  ]
}

/** The base as a commit has it, under the first of its names that is there. */
async function baseIn(
  repository: GitRepository,
  { commit, date }: Written,
  names: readonly string[],
): Promise<EarlierBase | undefined> {
  for (const name of names) {
    const { exitCode, stdout } = await repository.run('cat-file', ['blob', `${commit}:${name}`])
    if (exitCode === 0) return { bytes: stdout, commit, date }
  }
  return undefined
}
