/** Milliseconds without a change before the next render: an editor writes in several steps. */
const QUIET = 100

/** The part of a file watcher that is needed here. */
export interface FileEvents {
  on(event: 'all', listener: (event: string, path: string) => void): unknown
}

/** Collects file changes, also during a render, until `take` returns them. */
export class PendingChanges {
  readonly #paths = new Set<string>()
  readonly #signal: AbortSignal | undefined
  #timer: NodeJS.Timeout | undefined
  #isReady = false
  #wake: (() => void) | undefined

  constructor(events: FileEvents, signal: AbortSignal | undefined) {
    this.#signal = signal
    events.on('all', (_event, path) => this.#add(path))
    signal?.addEventListener('abort', () => this.#settle(), { once: true })
  }

  /** Ends the wait of `take` without a file change. */
  wake(): void {
    this.#settle()
  }

  /** Resolves with the changed paths, sorted, once the changes stop, `wake` is called, or the signal fires. */
  async take(): Promise<string[]> {
    if (!this.#isReady && this.#signal?.aborted !== true) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    const paths = [...this.#paths].sort()
    this.#paths.clear()
    this.#isReady = false
    return paths
  }

  #add(path: string): void {
    this.#paths.add(path)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#settle(), QUIET)
  }

  #settle(): void {
    clearTimeout(this.#timer)
    this.#isReady = true
    this.#wake?.()
    this.#wake = undefined
  }
}
