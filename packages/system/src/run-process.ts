import { defaultMemoryLimit, type ProcessEnd, startProcess, type StartOptions } from './start-process.ts'
import { SystemFault } from './system-fault.ts'

export interface RunOptions extends StartOptions {
  /** Milliseconds after which the child and its descendants are killed. */
  readonly timeout: number
  readonly signal?: AbortSignal | undefined
  /** Bytes of stdout or stderr after which the child is killed; 256 MiB when absent. */
  readonly maxOutput?: number
  /** Bytes for the child's stdin, which is empty otherwise. */
  readonly input?: string | Uint8Array | undefined
  /** Told once the program runs, for work that can be done while it does. */
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
 * its output whatever its exit status. On a time limit, an abort or too much output the whole group is
 * killed, so no grandchild (kustomize starts git) lives on; neither does it when this process is killed.
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
  let bound: SystemFault | undefined
  const stop = (fault: SystemFault): void => {
    bound ??= fault
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
    if (bound !== undefined) throw bound
    const said = Buffer.concat(stderr).toString('utf8')
    if (end.exitCode !== 0 && OUT_OF_MEMORY.test(said)) throw tooHungry(file, options.memory)
    return { ...end, stdout: Buffer.concat(stdout), stderr: said, duration: performance.now() - started }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', child.kill)
    child.kill()
  }
}

/**
 * How a Go program, git and the C library end when they are refused memory. Go's collector may also follow a null pointer: on the
 * goroutine of the runtime itself, where no code of the program runs.
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

function tooHungry(file: string, memory: number = defaultMemoryLimit()): SystemFault {
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
