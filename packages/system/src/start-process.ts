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
  /** The memory limit of each process in bytes; `defaultMemoryLimit` when absent. */
  readonly memory?: number | undefined
}

/** A running program. The caller of `startProcess` must call `kill` at the end. */
export interface RunningProcess {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  /** Fulfilled when the program has ended and its output has been read; processes that it left running are killed. */
  readonly ended: Promise<ProcessEnd>
  /** Kills the program and its descendants. Does nothing when they have ended. */
  kill(): void
}

export interface ProcessEnd {
  /** Exit status, or undefined when a signal ended the process. */
  readonly exitCode: number | undefined
  /** The name of the signal that ended the process, such as `SIGSEGV`. */
  readonly signal: string | undefined
}

/** Half of the machine's memory, or half of the limit of this process's control group. */
export function defaultMemoryLimit(): number {
  // Without a limit Node returns 0, or the size of the address space.
  const constrained = process.constrainedMemory?.() ?? 0
  return Math.floor((constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()) / 2)
}

// Descendants can be killed because they share a process group; Windows has none.
const HAS_GROUPS = process.platform !== 'win32'

/**
 * A shell script that starts the program in its own process. Descriptor 3 is a pipe from this process: on a line, or when this
 * process ends for any reason and the pipe closes, the background watcher kills the whole group, itself included. The memory
 * limit counts private writable memory (`-d`), because a Go program reserves address space (`-v`) that it never uses.
 */
const GUARD = [
  '{',
  '  read -r _ <&3',
  '  kill -9 0',
  '} </dev/null >/dev/null 2>&1 &',
  'exec 3<&-',
  'ulimit -d "$1" 2>/dev/null || ulimit -v "$1" 2>/dev/null',
  // Variables that shells set themselves.
  'unset $2',
  'shift 2',
  'exec "$@"',
].join('\n')

const SHELL_NAMES = ['PWD', 'OLDPWD', 'SHLVL', '_']

/** Milliseconds to read the rest of the output after the program and its group have ended. */
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
  // Ignore EPIPE: the exit status tells whether the program failed before it read its input.
  for (const stream of [stdin, guard]) stream.on('error', () => undefined)
  const kill = (): void => {
    if (child.exitCode === null && child.signalCode === null) killGroup(child)
    guard.destroy()
  }
  const ended = new Promise<ProcessEnd>((resolve, reject) => {
    child.once('error', (error) => reject(notStarted(file, error)))
    child.once('exit', () => {
      guard.end('\n', () => guard.destroy())
      // A process that left the group may keep the pipes open forever.
      const drained = setTimeout(() => [stdout, stderr].forEach((stream) => stream.destroy()), DRAIN)
      child.once('close', () => clearTimeout(drained))
    })
    child.once('close', (exitCode, signal) =>
      resolve({ exitCode: exitCode ?? undefined, signal: signal ?? undefined }),
    )
  }).finally(() => running.delete(self))
  const self: RunningProcess = { stdin, stdout, stderr, ended, kill }
  // Avoid an unhandled rejection when nobody awaits `ended` yet.
  ended.catch(() => undefined)
  running.add(self)
  return self
}

/** Kills every running process and its descendants, for use in a signal handler. */
export function killRunningProcesses(): void {
  for (const { kill } of running) kill()
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(HAS_GROUPS ? -pid : pid, 'SIGKILL')
  } catch (error) {
    // ESRCH: the group has already ended.
    if (errnoOf(error) !== 'ESRCH') throw error
  }
}

/** Resolves a name with the child's PATH. Checked here, because the shell's error would look like output of the program. */
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
