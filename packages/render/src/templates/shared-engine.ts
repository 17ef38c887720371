import type { Overlay } from '../overlays.ts'
import type { TemplateEngine } from './template-engine.ts'

/** The engine, reserved for one user. */
export interface LeasedEngine extends Pick<TemplateEngine, 'render'> {
  /** Resolves when the thread has started, which takes longest of all that a render waits for: start it before code is loaded. */
  readonly started: Promise<void>
  /** Ends the reservation. */
  release(): void
}

/** The engine and its thread, shared by all overlays that are rendered at the same time. It stops after its last user. */
export class SharedEngine {
  #users = 0
  #starting: Promise<TemplateEngine> | undefined
  #last: Promise<unknown> = Promise.resolve()

  /** Reserves the engine, and starts it unless it runs. Templates are rendered one after the other. */
  lease(): LeasedEngine {
    this.#users++
    const engine = (this.#starting ??= startEngine())
    let isReleased = false
    const nothing = (): void => undefined
    return {
      // What is wrong with it is said by the first template.
      started: engine.then(nothing, nothing),
      render: async (...question) => {
        const turn = this.#last.then(async () => (await engine).render(...question))
        this.#last = turn.catch(() => undefined)
        return turn
      },
      release: () => {
        if (!isReleased) this.#leave()
        isReleased = true
      },
    }
  }

  /** Runs `work` that leases the engine repeatedly, and keeps the engine running in between. Does not start it. */
  async keep<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#users++
    try {
      return await work()
    } finally {
      this.#leave()
    }
  }

  /** The thread ends while other work goes on: that takes some milliseconds. */
  #leave(): void {
    this.#users--
    if (this.#users > 0) return
    const ending = this.#starting
    this.#starting = undefined
    // A fault at its start is reported by the first template.
    ending?.then((engine) => engine.dispose()).catch(() => undefined)
  }
}

/** Leases the template engine for an overlay with templates; it starts while other work is done. */
export function leaseEngine(
  { templates }: { readonly templates: SharedEngine },
  { settings }: Overlay,
): LeasedEngine | undefined {
  return settings.templates.length === 0 ? undefined : templates.lease()
}

async function startEngine(): Promise<TemplateEngine> {
  return (await import('./template-engine.ts')).startTemplateEngine()
}
