import { dirname } from 'node:path'

/** How a folder forms a cycle with a root on the stack: it is that root, or contains it. */
export type Cycle = 'same' | 'contains'

/** The roots from the build's root to the current one, to detect cycles. */
export class RootStack {
  readonly #roots: string[] = []
  /** For each folder, the number of roots on the stack that it is or contains. */
  readonly #counts = new Map<string, number>()

  push(root: string): void {
    this.#roots.push(root)
    this.#count(root, 1)
  }

  pop(): void {
    const root = this.#roots.pop()
    if (root !== undefined) this.#count(root, -1)
  }

  /** kustomize rejects a folder that is or contains a root on the stack. */
  cycleAt(folder: string): Cycle | undefined {
    if ((this.#counts.get(folder) ?? 0) === 0) return undefined
    return this.#roots.includes(folder) ? 'same' : 'contains'
  }

  /** The roots from `folder` on. */
  from(folder: string): readonly string[] {
    return this.#roots.slice(this.#roots.indexOf(folder))
  }

  #count(root: string, by: number): void {
    let folder = root
    for (;;) {
      this.#counts.set(folder, (this.#counts.get(folder) ?? 0) + by)
      const above = dirname(folder)
      if (above === folder) return
      folder = above
    }
  }
}
