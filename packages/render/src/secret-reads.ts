import { Fault } from '@overlay-render/system'

import type { Stage } from './stage.ts'
import type { VisibleTree } from './visible-tree.ts'
import type { SecretMode } from './workspace-config.ts'

/**
 * Records what a render with real secrets has read that no message may quote: environment variables, and files that a render with
 * stub secrets does not see. A script can put what it read into its message, whole, in part or changed, so the whole message is
 * hidden.
 */
export class SecretReads {
  readonly #stage: Stage
  readonly #visible: VisibleTree
  readonly #isReal: boolean
  readonly #variables = new Set<string>()

  constructor(stage: Stage, visible: VisibleTree, secrets: SecretMode) {
    this.#stage = stage
    this.#visible = visible
    this.#isReal = secrets === 'real'
  }

  /** The environment; records each variable that is read. */
  noting(environment: (name: string) => string | undefined): (name: string) => string | undefined {
    return (name) => {
      this.#variables.add(name)
      return environment(name)
    }
  }

  /** Runs a step that evaluates expressions. Its fault quotes nothing secret. */
  async guard<Result>(work: () => Result): Promise<Result> {
    try {
      return work()
    } catch (error) {
      if (!this.#isReal || !(error instanceof Fault)) throw error
      const read = [...this.#variables, ...(await this.#files())]
      throw read.length === 0 ? error : hide(error, read)
    }
  }

  /** Whether a message may quote the file at a real path: whether a render with stub secrets would read it. */
  async mayShow(real: string): Promise<boolean> {
    return !this.#isReal || (await this.#visible.view('stub')).kindOf(real) === 'file'
  }

  async #files(): Promise<string[]> {
    const seen = await this.#visible.view('stub')
    return this.#stage
      .observations()
      .filter(({ path, digest }) => digest !== undefined && seen.kindOf(path) !== 'file')
      .map(({ path }) => this.#stage.tree.shown(path))
  }
}

function hide(fault: Fault, read: readonly string[]): Fault {
  return fault.with({
    message: `an expression failed, and its message is hidden: ${read.join(', ')} is secret and was read before`,
    hint: 'render with stub secrets to see the message',
    source: undefined,
    details: [],
    verbose: undefined,
    cause: undefined,
  })
}
