import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { totalmem } from 'node:os'
import { type Readable, Writable } from 'node:stream'

import { findProgram } from './find-program.ts'
import { errnoOf, SystemFault } from './system-fault.ts'

export interface StartOptions {
  readonly cwd?: string | undefined
  /** The whole environment of the child: nothing is inherited. */
  readonly env?: Readonly<Record<string, string>> | undefined
  /** Bytes of memory that each process may take; `defaultMemoryLimit` when absent. */
  readonly memory?: number | undefined
}

/** A program that runs. Whoever starts one calls `kill` in the end. */
export interface RunningProcess {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  /** Fulfilled when the program has ended and its output is read; what it has left running is killed then. */
  readonly ended: Promise<ProcessEnd>
  /** Ends the program and all that it started, at once. Does nothing when they have ended. */
  kill(): void
}

export interface ProcessEnd {
  /** Exit status, or undefined when a signal ended the process. */
  readonly exitCode: number | undefined
  /** The name of the signal that ended the process, such as `SIGSEGV`. */
  readonly signal: string | undefined
}

/** Half of the machine's memory, or of what the control group of this process may take. */
export function defaultMemoryLimit(): number {
  // Without a limit Node says 0, or a number as large as the address space.
  const constrained = process.constrainedMemory?.() ?? 0
  return Math.floor((constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()) / 2)
}

// A new group is what makes killing descendants possible; Windows has no process groups.
const HAS_GROUPS = process.platform !== 'win32'

/**
 * What runs before the program, in the same process. Descriptor 3 is a pipe whose other end this process alone holds: when a line
 * comes through it, or when it is closed by the death of this process however it dies, the watcher kills the whole group, itself
 * included. The limit is on private writable memory (`-d`): a Go program reserves address space (`-v`) that it never uses.
 */
const GUARD = [
  '{',
  '  read -r _ <&3',
  '  kill -9 0',
  '} </dev/null >/dev/null 2>&1 &',
  'exec 3<&-',
  'ulimit -d "$1" 2>/dev/null || ulimit -v "$1" 2>/dev/null',
  // What shells set by themselves.
  'unset $2',
  'shift 2',
  'exec "$@"',
].join('\n')

const SHELL_NAMES = ['PWD', 'OLDPWD', 'SHLVL', '_']

/** Milliseconds for output that is still in the pipes when the program and its group have ended. */
const DRAIN = 1000

const running = new Set<RunningProcess>()

/**
 * Starts a program without a shell of its own, in its own process group, with exactly the environment given and a limit on memory.
 * It does not outlive this process, not even when that is killed.
 *
 * @throws SystemFault `not-started`
 */
export async function startProcess(
  file: string,
  args: readonly string[],
  { cwd, env = {}, memory = defaultMemoryLimit() }: StartOptions,
): Promise<RunningProcess> {
  const program = await findFile(file, env)
  const unwanted = SHELL_NAMES.filter((name) => !(name in env)).join(' ')
  const limits = [String(Math.floor(memory / 1024)), unwanted]
  const guarded = ['-c', GUARD, 'sh', ...limits, program, ...args]
  const child = HAS_GROUPS
    ? spawn('/bin/sh', guarded, { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] })
    : spawn(program, args, { cwd, env, windowsHide: true, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] })
  return watch(child, file)
}

function watch(child: ChildProcess, file: string): RunningProcess {
  const [stdin, stdout, stderr, guard] = child.stdio
  if (!stdin || !stdout || !stderr || !(guard instanceof Writable)) throw notStarted(file)
  // The exit status says that a program ended before it read its input.
  for (const stream of [stdin, guard]) stream.on('error', () => undefined)
  const kill = (): void => {
    if (child.exitCode === null && child.signalCode === null) killGroup(child)
    guard.destroy()
  }
  const ended = new Promise<ProcessEnd>((resolve, reject) => {
    child.once('error', (error) => reject(notStarted(file, error)))
    child.once('exit', () => {
      guard.end('\n', () => guard.destroy())
      // What has left the group may hold on to the pipes for ever.
      const drained = setTimeout(() => [stdout, stderr].forEach((stream) => stream.destroy()), DRAIN)
      child.once('close', () => clearTimeout(drained))
    })
    child.once('close', (exitCode, signal) =>
      resolve({ exitCode: exitCode ?? undefined, signal: signal ?? undefined }),
    )
  }).finally(() => running.delete(self))
  const self: RunningProcess = { stdin, stdout, stderr, ended, kill }
  // Whoever awaits it hears of the failure; who has not yet must not bring the process down.
  ended.catch(() => undefined)
  running.add(self)
  return self
}

/** Kills every process that is running, with all that it started, for use in a signal handler. */
export function killRunningProcesses(): void {
  for (const { kill } of running) kill()
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(HAS_GROUPS ? -pid : pid, 'SIGKILL')
  } catch (error) {
    // ESRCH: the group ended by itself in the meantime, which is what was wanted.
    if (errnoOf(error) !== 'ESRCH') throw error
  }
}

/** A path as it is, a name by the PATH of the child; the shell's own words about either would be taken for the program's. */
async function findFile(file: string, env: Readonly<Record<string, string>>): Promise<string> {
  const path = /[/\\]/u.test(file) ? file : (await findProgram(file, env))[0]
  try {
    accessSync(path ?? file, constants.X_OK)
  } catch (error) {
    throw notStarted(file, error)
  }
  return path ?? file
}

function notStarted(file: string, cause?: unknown): SystemFault {
  return new SystemFault({
    code: 'not-started',
    message: `${file} cannot be run: ${errnoOf(cause) ?? 'the system refused'}`,
    blame: 'program',
    cause,
  })
}
