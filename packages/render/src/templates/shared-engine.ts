import type { Overlay } from '../overlays.ts'
import type { TemplateEngine } from './template-engine.ts'

/** The engine for as long as it is needed by one user. */
export interface LeasedEngine extends Pick<TemplateEngine, 'render'> {
  /** Resolves when the thread has started, which takes longest of all that a render waits for: start it before code is loaded. */
  readonly started: Promise<void>
  /** Gives it back. */
  release(): Promise<void>
}

/** The engine, and the thread that it runs in, of all overlays that are rendered at the same time. It ends with its last user. */
export class SharedEngine {
  #users = 0
  #starting: Promise<TemplateEngine> | undefined
  #last: Promise<unknown> = Promise.resolve()

  /** The engine, which starts at once unless it runs already. Templates wait for each other. */
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
      release: async () => {
        if (!isReleased) await this.#leave()
        isReleased = true
      },
    }
  }

  /** Does work in which the engine is leased again and again: it runs on in between. None is started. */
  async keep<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#users++
    try {
      return await work()
    } finally {
      await this.#leave()
    }
  }

  async #leave(): Promise<void> {
    this.#users--
    if (this.#users > 0) return
    const ending = this.#starting
    this.#starting = undefined
    await (await ending)?.dispose()
  }
}

/** The template engine for an overlay that needs it; it starts while other work is done. */
export function leaseEngine(
  { templates }: { readonly templates: SharedEngine },
  { settings }: Overlay,
): LeasedEngine | undefined {
  return settings.templates.length === 0 ? undefined : templates.lease()
}

async function startEngine(): Promise<TemplateEngine> {
  return (await import('./template-engine.ts')).startTemplateEngine()
}
