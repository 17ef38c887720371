import { devNull } from 'node:os'
import { join } from 'node:path'

import {
  makeTemporaryFolder,
  type ProcessResult,
  runProcess,
  SystemFault,
  type TemporaryFolder,
} from '@overlay-render/system'

import { RenderFault } from './render-fault.ts'

/** Milliseconds for one git command. */
const GIT_TIMEOUT = 120_000

/** The files of a revision, in a folder of their own. */
export interface RevisionTree {
  /** The commit's full hash. */
  readonly commit: string
  readonly folder: TemporaryFolder
}

/**
 * The commit that `revision` names in the repository around `folder`, or undefined when it names none.
 *
 * @throws RenderFault `revision-unknown` when `folder` is in no git work tree
 */
export async function resolveRevision(
  folder: string,
  revision: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  // --end-of-options: a revision that starts with a dash is no option.
  const { exitCode, stdout } = await git(
    folder,
    ['rev-parse', '--quiet', '--verify', '--end-of-options', `${revision}^{commit}`],
    {
      signal,
    },
  )
  return exitCode === 0 ? Buffer.from(stdout).toString().trim() : undefined
}

/**
 * The top folder of the git work tree around `folder`, or undefined outside of one.
 *
 * @throws RenderFault `revision-unknown` when git refuses the repository because another user owns it
 */
export async function findWorkTree(folder: string, signal?: AbortSignal): Promise<string | undefined> {
  const { exitCode, stdout, stderr } = await git(folder, ['rev-parse', '--show-toplevel'], { signal })
  if (exitCode !== 0 && stderr.includes('dubious ownership')) {
    throw new RenderFault({
      code: 'revision-unknown',
      message: 'git does not trust the repository around the workspace: it belongs to another user',
      hint: 'if you do, say so: git config --global --add safe.directory FOLDER, with its top folder',
    })
  }
  return exitCode === 0 ? Buffer.from(stdout).toString().replace(/\n$/, '') : undefined
}

/**
 * Writes the files of a commit to a temporary folder, by way of an index of its own: neither the work tree nor
 * the repository is touched. Links are links, submodules are empty folders, and what a filter such as LFS keeps
 * elsewhere stays a pointer: no filter and no hook is run.
 *
 * @throws RenderFault `revision-unknown`
 */
export async function checkOutRevision(
  workTree: string,
  commit: string,
  signal?: AbortSignal,
): Promise<RevisionTree> {
  const folder = await makeTemporaryFolder('revision')
  try {
    const index = { GIT_INDEX_FILE: join(folder.path, '.overlay-render-index') }
    const passive = [...NO_HOOKS, ...(await withoutFilters(workTree, signal))]
    const steps = [
      ['read-tree', commit],
      ['checkout-index', '--all', `--prefix=${folder.path}/`],
    ]
    for (const step of steps) {
      await require(git(workTree, [...passive, ...step], { signal, env: index }), commit)
    }
    return { commit, folder }
  } catch (error) {
    await folder.dispose()
    throw error
  }
}

const NO_HOOKS: readonly string[] = ['-c', `core.hooksPath=${devNull}`, '-c', 'core.fsmonitor=false']

/** Options that make nothing of every filter that git's settings know. */
async function withoutFilters(workTree: string, signal: AbortSignal | undefined): Promise<string[]> {
  const listing = ['config', '--null', '--name-only', '--get-regexp', '^filter\\.']
  const { stdout } = await git(workTree, listing, { signal })
  const settings = Buffer.from(stdout).toString().split('\0')
  const names = new Set(settings.flatMap((setting) => /^filter\.(.+)\.[^.]+$/su.exec(setting)?.[1] ?? []))
  return [...names].flatMap((name) =>
    ['smudge=', 'process=', 'required=false'].flatMap((setting) => ['-c', `filter.${name}.${setting}`]),
  )
}

async function require(running: Promise<ProcessResult>, commit: string): Promise<void> {
  const { exitCode, stderr } = await running
  if (exitCode === 0) return
  throw new RenderFault({
    code: 'revision-unknown',
    message: `git cannot give the files of ${commit.slice(0, 12)}`,
    hint: 'a shallow clone has not got every commit: fetch it whole',
    verbose: stderr,
  })
}

async function git(
  folder: string,
  args: readonly string[],
  { signal, env = {} }: { signal?: AbortSignal | undefined; env?: Readonly<Record<string, string>> },
): Promise<ProcessResult> {
  try {
    return await runProcess('git', ['-C', folder, ...args], {
      timeout: GIT_TIMEOUT,
      signal,
      // What git needs to find itself, its settings and its safe folders.
      env: {
        ...pickEnvironment(['PATH', 'HOME', 'XDG_CONFIG_HOME', 'SYSTEMROOT']),
        GIT_OPTIONAL_LOCKS: '0',
        LC_ALL: 'C',
        ...env,
      },
    })
  } catch (error) {
    if (!(error instanceof SystemFault) || error.code !== 'not-started') throw error
    throw new RenderFault({
      code: 'revision-unknown',
      message: 'git cannot be run, so no revision can be looked at',
      hint: 'install git',
      blame: 'program',
      cause: error,
    })
  }
}

function pickEnvironment(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
