import { defaultMemoryLimit, type ProcessEnd, startProcess, type StartOptions } from './start-process.ts'
import { SystemFault } from './system-fault.ts'

export interface RunOptions extends StartOptions {
  /** Milliseconds after which the child and its descendants are killed. */
  readonly timeout: number
  readonly signal?: AbortSignal | undefined
  /** Bytes of stdout or stderr after which the child is killed; 256 MiB when absent. */
  readonly maxOutput?: number
  /** The child's stdin; empty when absent. */
  readonly input?: string | Uint8Array | undefined
  /** Called when the program has started, for work to do meanwhile. */
  readonly onStarted?: (() => void) | undefined
}

export interface ProcessResult extends ProcessEnd {
  readonly stdout: Uint8Array
  readonly stderr: string
  /** Wall time in milliseconds. */
  readonly duration: number
}

const DEFAULT_OUTPUT = 256 * 1024 * 1024

/**
 * Runs a program without a shell, in its own process group, with exactly the environment given, and returns
 * its output, whatever the exit status. A timeout, an abort or too much output kills the whole group, so no
 * grandchild survives (kustomize starts git). The group also ends when this process is killed.
 *
 * @throws SystemFault `not-started`, `timed-out`, `output-too-large`, `out-of-memory` or `aborted`
 */
export async function runProcess(
  file: string,
  args: readonly string[],
  { timeout, signal, maxOutput = DEFAULT_OUTPUT, input, onStarted, ...options }: RunOptions,
): Promise<ProcessResult> {
  throwIfAborted(signal)
  const started = performance.now()
  const child = await startProcess(file, args, options)
  let exceeded: SystemFault | undefined
  const stop = (fault: SystemFault): void => {
    exceeded ??= fault
    child.kill()
  }
  const collect = (stream: NodeJS.ReadableStream): Uint8Array[] => {
    const chunks: Uint8Array[] = []
    let size = 0
    stream.on('data', (chunk: Buffer) => {
      size += chunk.byteLength
      if (size > maxOutput) stop(tooLarge(file, maxOutput))
      else chunks.push(chunk)
    })
    return chunks
  }
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)]
  const timer = setTimeout(() => stop(tooSlow(file, timeout)), timeout)
  signal?.addEventListener('abort', child.kill, { once: true })
  child.stdin.end(input)
  try {
    onStarted?.()
    const end = await child.ended
    throwIfAborted(signal)
    if (exceeded !== undefined) throw exceeded
    const errors = Buffer.concat(stderr).toString('utf8')
    if (end.exitCode !== 0 && OUT_OF_MEMORY.test(errors)) throw outOfMemory(file, options.memory)
    return { ...end, stdout: Buffer.concat(stdout), stderr: errors, duration: performance.now() - started }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', child.kill)
    child.kill()
  }
}

/**
 * What a Go program, git and the C library print when an allocation fails. Go's garbage collector may instead dereference a null
 * pointer in goroutine 0, which runs no code of the program.
 */
const OUT_OF_MEMORY =
  /^(?:(?:fatal error|runtime|fatal|error): .*(?:out of memory|cannot allocate memory)|SIGSEGV: .*\nPC=.* addr=0x0\n\ngoroutine 0 )/imu

function tooSlow(file: string, timeout: number): SystemFault {
  return new SystemFault({
    code: 'timed-out',
    message: `${file} did not finish within ${Math.round(timeout / 1000)} seconds and was stopped`,
    blame: 'program',
  })
}

function tooLarge(file: string, maxOutput: number): SystemFault {
  return new SystemFault({
    code: 'output-too-large',
    message: `${file} printed more than ${maxOutput} bytes and was stopped`,
    blame: 'program',
  })
}

function outOfMemory(file: string, memory: number = defaultMemoryLimit()): SystemFault {
  return new SystemFault({
    code: 'out-of-memory',
    message: `${file} needed more than ${Math.round(memory / 1024 / 1024)} MiB of memory and was stopped`,
    blame: 'program',
  })
}

/** @throws SystemFault `aborted` when the caller's signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw new SystemFault({ code: 'aborted', message: 'the work was interrupted', cause: signal.reason })
  }
}
