import { Worker } from 'node:worker_threads'

import { throwIfAborted } from '../run-process.ts'
import { SystemFault } from '../system-fault.ts'

export interface WorkerLimits {
  /** The subject of messages. */
  readonly subject: string
  /** Milliseconds; the time limit for one answer. */
  readonly timeout: number
  /** How many bytes the memory of this process may grow during one answer. */
  readonly memory: number
  readonly signal?: AbortSignal | undefined
}

/** A thread that answers one question at a time, with limits on time and memory. */
export interface BoundedWorker {
  /** Starts the thread early, so that it is ready for the first question. */
  start(): void
  /**
   * Posts `question` to the worker and returns the message that it answers.
   *
   * @throws SystemFault `timed-out`, `out-of-memory` or `aborted`; the next question goes to a new thread
   */
  ask(question: unknown, limits: WorkerLimits): Promise<unknown>
  dispose(): Promise<void>
}

/** Milliseconds between two measurements of memory. Node's own limits do not count WebAssembly memory. */
const POLL_INTERVAL = 20

/**
 * Creates a worker of `module`, which must answer messages when its `workerData` is `role`. The first question starts the thread. The
 * calling thread stays free, so that signals, aborts and limits take effect at once.
 */
export function openWorker(module: string, role: string): BoundedWorker {
  let worker: Worker | undefined
  const start = (): Worker => {
    const started = new Worker(new URL(module), { workerData: role, env: {}, stdin: false })
    // An error before the first question is ignored: a new thread fails the same way, and `ask` reports it.
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
  const timer = setTimeout(() => stop('timed-out', `took longer than ${timeout / 1000} seconds`), timeout)
  const memoryTimer = setInterval(() => {
    if (process.memoryUsage.rss() - before <= memory) return
    stop('out-of-memory', `needed more than ${Math.round(memory / 1024 / 1024)} MiB of memory`)
  }, POLL_INTERVAL)
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
    clearTimeout(timer)
    clearInterval(memoryTimer)
    worker.removeAllListeners('message').removeAllListeners('error')
  }
}
