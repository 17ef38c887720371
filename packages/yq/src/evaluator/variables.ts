import type { Node } from '../tree/node.ts'

/**
 * The variables of a context, copied on write: a fork shares the values until one side sets a variable, so that
 * creating many contexts is cheap.
 */
export class Variables {
  #values: Map<string, readonly Node[]> | undefined
  #shared: boolean

  constructor(values?: Map<string, readonly Node[]>) {
    this.#values = values
    this.#shared = values !== undefined
  }

  get(name: string): readonly Node[] | undefined {
    return this.#values?.get(name)
  }

  set(name: string, nodes: readonly Node[]): void {
    if (this.#values === undefined || this.#shared) this.#values = new Map(this.#values)
    this.#shared = false
    this.#values.set(name, nodes)
  }

  fork(): Variables {
    this.#shared = true
    return new Variables(this.#values)
  }
}
