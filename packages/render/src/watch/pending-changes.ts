/** Milliseconds of quiet after a change before rendering: an editor writes in several steps. */
const QUIET = 100

/** The part of a watcher of files that is needed here. */
export interface FileEvents {
  on(event: 'all', listener: (event: string, path: string) => void): unknown
}

/** Collects changes of files, also those that come while a render runs, until somebody takes them. */
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

  /** Ends the wait now, although no file changed. */
  wake(): void {
    this.#settle()
  }

  /** Resolves with the paths that changed, sorted, when nothing changes any more, when it is woken, or when the signal fires. */
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
