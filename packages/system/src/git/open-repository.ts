import { devNull } from 'node:os'
import { delimiter, dirname, isAbsolute } from 'node:path'

import { findProgram } from '../find-program.ts'
import { type ProcessResult, runProcess } from '../run-process.ts'
import { type RunningProcess, startProcess } from '../start-process.ts'
import { SystemFault } from '../system-fault.ts'
import { findRepository, type RepositoryLocation } from './find-repository.ts'
import { passiveSettings } from './program-settings.ts'

/**
 * The git commands that may run: they only read. `status`, `diff` and other commands that start git in a submodule are excluded, because
 * our settings do not apply there; `diff-index` is used with `--ignore-submodules=all`.
 */
export type GitCommand =
  | 'blame'
  | 'cat-file'
  | 'check-ignore'
  | 'checkout-index'
  | 'config'
  | 'diff-index'
  | 'grep'
  | 'log'
  | 'ls-files'
  | 'ls-tree'
  | 'merge-base'
  | 'read-tree'
  | 'rev-parse'

export interface GitOptions {
  readonly signal?: AbortSignal | undefined
  readonly input?: string | Uint8Array | undefined
  /** An index file to use instead of the repository's, for `read-tree` and `checkout-index`. */
  readonly index?: string | undefined
}

/** A repository found by `findRepository`, and the only way to run git in it. */
export interface GitRepository extends RepositoryLocation {
  /**
   * Runs git in the top folder of the work tree and returns the result, whatever the exit status. Put `--end-of-options`
   * before a revision that a user wrote.
   */
  run(command: GitCommand, args: readonly string[], options?: GitOptions): Promise<ProcessResult>
  /** Starts git in the same environment and keeps it running, for `cat-file --batch`. The caller kills it. */
  start(command: GitCommand, args: readonly string[]): Promise<RunningProcess>
}

/** Milliseconds; the time limit of one git command. */
const GIT_TIMEOUT = 120_000

/**
 * Opens the git repository around `folder`, or returns undefined when there is none. git starts on the first call of `run` or `start`. It
 * does not search for a repository again, runs no program from its settings and fetches nothing. The first call may throw SystemFault
 * `git-missing`, `git-untrusted` (another user owns the repository) or `git-refused`.
 *
 * @throws SystemFault `git-refused` as `findRepository`
 */
export async function openRepository(
  folder: string,
  signal?: AbortSignal,
): Promise<GitRepository | undefined> {
  const place = findRepository(folder)
  if (place === undefined) return undefined
  let asked: Promise<Asked> | undefined
  const ask = async (): Promise<Asked> => (asked ??= prepare(place, signal))
  return {
    ...place,
    run: async (...question) => (await ask()).run(...question),
    start: async (...question) => (await ask()).start(...question),
  }
}

type Asked = Pick<GitRepository, 'run' | 'start'>

/** Checks that git trusts the repository, and disables every setting that would run a program. */
async function prepare(place: RepositoryLocation, signal: AbortSignal | undefined): Promise<Asked> {
  const program = await findGit()
  const run = (environment: Record<string, string>, args: readonly string[], options: GitOptions = {}) =>
    runProcess(program, ['--no-pager', ...args], {
      cwd: place.workTree,
      env: {
        ...environment,
        ...(options.index === undefined ? {} : { GIT_INDEX_FILE: options.index }),
      },
      timeout: GIT_TIMEOUT,
      signal: options.signal ?? signal,
      ...(options.input === undefined ? {} : { input: options.input }),
    })
  await requireTrust(place, run)
  const fixed = { ...baseEnvironment(), GIT_DIR: place.gitFolder, GIT_WORK_TREE: place.workTree }
  const listed = await run({ ...fixed, ...passiveSettings([]) }, [
    'config',
    '--list',
    '--null',
    '--show-scope',
  ])
  const environment = { ...fixed, ...passiveSettings(settingNames(listed)) }
  return {
    run: (command, args, options) => run(environment, [command, ...args], options),
    start: (command, args) =>
      startProcess(program, ['--no-pager', command, ...args], { cwd: place.workTree, env: environment }),
  }
}

/**
 * Lets git discover the repository itself, in the folder with `.git` and in no other: git checks the owner only on
 * discovery.
 */
async function requireTrust(
  { workTree, gitFolder }: RepositoryLocation,
  run: (environment: Record<string, string>, args: readonly string[]) => Promise<ProcessResult>,
): Promise<void> {
  const alone = { GIT_CEILING_DIRECTORIES: dirname(workTree), ...passiveSettings([]) }
  const { exitCode, stdout, stderr } = await run({ ...baseEnvironment(), ...alone }, [
    'rev-parse',
    '--absolute-git-dir',
  ])
  if (exitCode === 0 && stdout.byteLength > 0) return
  if (stderr.includes('dubious ownership')) {
    throw new SystemFault({
      code: 'git-untrusted',
      message: 'git does not trust the repository around the workspace: it belongs to another user',
      hint: 'if you trust it, run: git config --global --add safe.directory FOLDER, with its top folder',
      verbose: stderr,
    })
  }
  throw new SystemFault({
    code: 'git-refused',
    message: `git does not accept ${gitFolder} as a repository`,
    hint: `run: git -C ${workTree} rev-parse`,
    verbose: stderr,
  })
}

/** The setting names in the output of `--list --null --show-scope`: `scope NUL name LF value NUL`. */
function settingNames({ exitCode, stdout, stderr }: ProcessResult): string[] {
  const fields = Buffer.from(stdout).toString().split('\0')
  const names: string[] = []
  let passive = false
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [name = ''] = fields[at + 1]?.split('\n') ?? []
    passive ||= fields[at] === 'command' && name === 'core.hookspath'
    names.push(name)
  }
  if (exitCode === 0 && passive) return names
  throw new SystemFault({
    code: 'git-refused',
    message:
      exitCode === 0
        ? 'this git is too old: its settings could run programs'
        : "git cannot read the repository's settings",
    hint: 'install git 2.31 or later, and look at what git config --list says',
    verbose: stderr,
  })
}

/**
 * The few variables of the user's environment that git needs to find itself, its settings and its safe folders. The variables set here
 * override git's settings: no protocol is allowed, missing objects are not fetched, and git never prompts.
 */
export function baseEnvironment(): Record<string, string> {
  const environment: Record<string, string> = {}
  for (const name of ['HOME', 'USERPROFILE', 'XDG_CONFIG_HOME', 'SYSTEMROOT']) {
    const value = process.env[name]
    if (value !== undefined) environment[name] = value
  }
  return {
    ...environment,
    PATH: (process.env['PATH'] ?? '')
      .split(delimiter)
      .filter((folder) => isAbsolute(folder))
      .join(delimiter),
    LC_ALL: 'C',
    GIT_ALLOW_PROTOCOL: '',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_PROTOCOL_FROM_USER: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TEMPLATE_DIR: devNull,
  }
}

/** @throws SystemFault `git-missing` */
export async function findGit(): Promise<string> {
  const [program] = await findProgram('git', process.env)
  if (program !== undefined) return program
  throw new SystemFault({
    code: 'git-missing',
    message: 'git is not on PATH; it is needed to list tracked files and to read revisions',
    hint: 'install git',
    blame: 'program',
  })
}
