import { devNull } from 'node:os'
import { delimiter, dirname, isAbsolute } from 'node:path'

import { findProgram } from '../find-program.ts'
import { type ProcessResult, runProcess } from '../run-process.ts'
import { type RunningProcess, startProcess } from '../start-process.ts'
import { SystemFault } from '../system-fault.ts'
import { findRepository, type RepositoryPlace } from './find-repository.ts'
import { passiveSettings } from './program-settings.ts'

/**
 * The commands of git that may be run: those that read. Left out on purpose are `status`, `diff` and whatever else starts git in a submodule,
 * where none of our settings would hold.
 */
export type GitCommand =
  | 'blame'
  | 'cat-file'
  | 'check-ignore'
  | 'checkout-index'
  | 'config'
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
  /** An index of the caller's own instead of the repository's, for `read-tree` and `checkout-index`. */
  readonly index?: string | undefined
}

/** A repository that was found from outside, and the only way to run git in it. */
export interface GitRepository extends RepositoryPlace {
  /**
   * Runs git in the top folder of the work tree. Whatever the exit status, the result is returned. Before a revision that a
   * user wrote goes `--end-of-options`.
   */
  run(command: GitCommand, args: readonly string[], options?: GitOptions): Promise<ProcessResult>
  /** Starts git the same way for a conversation, such as `cat-file --batch`. The caller kills it in the end. */
  start(command: GitCommand, args: readonly string[]): Promise<RunningProcess>
}

/** Milliseconds for one git command. */
const GIT_TIMEOUT = 120_000

/**
 * Opens the git repository around `folder`, or returns undefined where there is none. git is started when it is asked something: it neither
 * looks for a repository again, nor runs any program of its settings, nor fetches anything. What is asked first throws SystemFault
 * `git-missing`, `git-untrusted` when another user owns the repository, or `git-refused`.
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

/** Has git say that it trusts the repository, and which of its settings have to be kept from running programs. */
async function prepare(place: RepositoryPlace, signal: AbortSignal | undefined): Promise<Asked> {
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
 * Has git find the repository by itself, in the folder of its `.git` and in no other: only then does it look at who
 * owns it.
 */
async function requireTrust(
  { workTree, gitFolder }: RepositoryPlace,
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
      hint: 'if you do, say so: git config --global --add safe.directory FOLDER, with its top folder',
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

/** The names of the settings in force, of `--show-scope`: scope, name and value are divided by NUL and line end. */
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
        ? 'this git is too old: it could run programs'
        : "git cannot read the repository's settings",
    hint: 'install git 2.31 or later, and look at what git config --list says',
    verbose: stderr,
  })
}

/**
 * What git needs to find itself, its settings and its safe folders, and nothing else of the user's environment. What is set here goes
 * before any setting: no protocol is allowed, nothing is fetched when an object is missing, nothing asks.
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
    message: 'git is not on PATH, and only git knows which files are tracked and what a revision holds',
    hint: 'install git',
    blame: 'program',
  })
}
