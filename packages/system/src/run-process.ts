import { SystemFault } from './system-fault.ts'

export interface RunOptions {
  readonly cwd?: string
  /** The whole environment of the child: nothing is inherited. */
  readonly env?: Readonly<Record<string, string>>
  /** Milliseconds after which the child and its descendants are killed. */
  readonly timeout: number
  readonly signal?: AbortSignal | undefined
  /** Bytes of stdout or stderr after which the child is killed; 256 MiB when absent. */
  readonly maxOutput?: number
  /** Bytes for the child's stdin, which is empty otherwise. */
  readonly input?: string | Uint8Array
}

export interface ProcessResult {
  /** Exit status, or undefined when a signal ended the process. */
  readonly exitCode: number | undefined
  /** The name of the signal that ended the process, such as `SIGSEGV`. */
  readonly signal: string | undefined
  readonly stdout: Uint8Array
  readonly stderr: string
  /** Wall time in milliseconds. */
  readonly duration: number
}

const groups = new Set<number>()

/**
 * Runs a program without a shell, in its own process group, with exactly the environment given, and returns
 * its output whatever its exit status. On a time limit, an abort or too much output the whole group is
 * killed, so no grandchild (kustomize starts git) lives on.
 *
 * @throws SystemFault `not-started`, `timed-out`, `output-too-large` or `aborted`
 */
export async function runProcess(
  file: string,
  args: readonly string[],
  { cwd, env = {}, timeout, signal, maxOutput = 256 * 1024 * 1024, input }: RunOptions,
): Promise<ProcessResult> {
  // Loaded here, because what runs no process should start without it.
  const { execa } = await import('execa')
  throwIfAborted(signal)
  // A new group is what makes killing descendants possible; Windows has no process groups.
  const detached = process.platform !== 'win32'
  const started = performance.now()
  const child = execa(file, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env,
    extendEnv: false,
    encoding: 'buffer',
    reject: false,
    detached,
    // Counted below: execa would stop reading, but leave the child to wait.
    maxBuffer: Infinity,
    stripFinalNewline: false,
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
  })
  const group = child.pid
  const kill = (): void => {
    if (group !== undefined && detached) killGroup(group)
    else child.kill('SIGKILL')
  }
  let timedOut = false
  let tooLarge = false
  const limitOutput = (stream: NodeJS.ReadableStream): void => {
    let size = 0
    stream.on('data', (chunk: Uint8Array) => {
      size += chunk.byteLength
      if (size <= maxOutput || tooLarge) return
      tooLarge = true
      kill()
    })
  }
  limitOutput(child.stdout)
  limitOutput(child.stderr)
  const timer = setTimeout(() => {
    timedOut = true
    kill()
  }, timeout)
  signal?.addEventListener('abort', kill, { once: true })
  if (group !== undefined && detached) groups.add(group)
  try {
    const result = await child
    const duration = performance.now() - started
    throwIfAborted(signal)
    if (timedOut) {
      throw new SystemFault({
        code: 'timed-out',
        message: `${file} did not finish within ${Math.round(timeout / 1000)} seconds and was stopped`,
        blame: 'program',
      })
    }
    if (tooLarge) {
      throw new SystemFault({
        code: 'output-too-large',
        message: `${file} printed more than ${maxOutput} bytes and was stopped`,
        blame: 'program',
      })
    }
    if (result.exitCode === undefined && result.signal === undefined) {
      throw new SystemFault({
        code: 'not-started',
        message: `${file} cannot be run: ${result.code ?? 'the system refused'}`,
        blame: 'program',
        cause: result.cause,
      })
    }
    return {
      exitCode: result.exitCode,
      signal: result.signal,
      stdout: result.stdout,
      stderr: Buffer.from(result.stderr).toString('utf8'),
      duration,
    }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', kill)
    if (group !== undefined) groups.delete(group)
  }
}

/** Kills every process group that `runProcess` has running, for use in a signal handler. */
export function killRunningProcesses(): void {
  for (const group of groups) killGroup(group)
}

function killGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL')
  } catch (error) {
    // ESRCH: the group ended by itself in the meantime, which is what was wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** @throws SystemFault `aborted` when the caller's signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw new SystemFault({ code: 'aborted', message: 'the work was interrupted', cause: signal.reason })
  }
}
