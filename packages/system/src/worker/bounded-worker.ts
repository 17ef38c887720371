import { Worker } from 'node:worker_threads'

import { throwIfAborted } from '../run-process.ts'
import { SystemFault } from '../system-fault.ts'

export interface WorkerLimits {
  /** What is worked on, as messages name it. */
  readonly subject: string
  /** Milliseconds for one answer. */
  readonly timeout: number
  /** Bytes by which the memory of this process may grow during one answer. */
  readonly memory: number
  readonly signal?: AbortSignal | undefined
}

/** A thread that answers one question at a time, and can be ended while it does. */
export interface BoundedWorker {
  /** Starts the thread before its first question, so that it is ready when that comes. */
  start(): void
  /**
   * The worker's answer: what it posts for `question`.
   *
   * @throws SystemFault `timed-out`, `out-of-memory` or `aborted`; the next question goes to a new thread
   */
  ask(question: unknown, limits: WorkerLimits): Promise<unknown>
  dispose(): Promise<void>
}

/** Milliseconds between two looks at the memory. What WebAssembly takes is in no limit that Node has. */
const LOOK = 20

/**
 * A worker of a module that answers messages when its `workerData` is `role`. The thread is started by the first question. While it works
 * this thread is free: a signal is heard at once, and an abort, a time limit or a limit on memory ends it.
 */
export function openWorker(module: string, role: string): BoundedWorker {
  let worker: Worker | undefined
  const start = (): Worker => {
    const started = new Worker(new URL(module), { workerData: role, env: {}, stdin: false })
    // A thread that fails before its first question fails again at the question, where that is told.
    started.once('error', () => {
      if (worker === started) worker = undefined
    })
    return started
  }
  const end = async (): Promise<void> => {
    const ending = worker
    worker = undefined
    await ending?.terminate()
  }
  return {
    dispose: end,
    start() {
      worker ??= start()
    },
    async ask(question, limits) {
      throwIfAborted(limits.signal)
      worker ??= start()
      try {
        return await answerOf(worker, question, limits)
      } catch (error) {
        await end()
        throw error
      }
    },
  }
}

async function answerOf(worker: Worker, question: unknown, limits: WorkerLimits): Promise<unknown> {
  const { subject, timeout, memory, signal } = limits
  const before = process.memoryUsage.rss()
  const stopped = new AbortController()
  const stop = (code: 'timed-out' | 'out-of-memory', message: string): void =>
    stopped.abort(new SystemFault({ code, message: `${subject} ${message} and was stopped` }))
  const clock = setTimeout(() => stop('timed-out', `took longer than ${timeout / 1000} seconds`), timeout)
  const scales = setInterval(() => {
    if (process.memoryUsage.rss() - before <= memory) return
    stop('out-of-memory', `needed more than ${Math.round(memory / 1024 / 1024)} MiB of memory`)
  }, LOOK)
  const ends = signal === undefined ? stopped.signal : AbortSignal.any([stopped.signal, signal])
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      ends.addEventListener('abort', () => reject(ends.reason), { once: true })
      worker.postMessage(question, [])
    })
  } catch (error) {
    throwIfAborted(signal)
    throw error
  } finally {
    clearTimeout(clock)
    clearInterval(scales)
    worker.removeAllListeners('message').removeAllListeners('error')
  }
}
