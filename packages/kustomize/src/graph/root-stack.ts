import { dirname } from 'node:path'

/** How a folder closes a circle with a root on the way to it: it is that root, or holds it. */
export type Circle = 'same' | 'holds'

/** The roots from the build's root to the one that is being walked, and the circles that one more would close. */
export class RootStack {
  readonly #roots: string[] = []
  /** How many roots of the way each folder is, or is above. */
  readonly #below = new Map<string, number>()

  push(root: string): void {
    this.#roots.push(root)
    this.#count(root, 1)
  }

  pop(): void {
    const root = this.#roots.pop()
    if (root !== undefined) this.#count(root, -1)
  }

  /** kustomize refuses a folder that is, or holds, a root on the way. */
  circleAt(folder: string): Circle | undefined {
    if ((this.#below.get(folder) ?? 0) === 0) return undefined
    return this.#roots.includes(folder) ? 'same' : 'holds'
  }

  /** The roots from `folder` on. */
  from(folder: string): readonly string[] {
    return this.#roots.slice(this.#roots.indexOf(folder))
  }

  #count(root: string, by: number): void {
    let folder = root
    for (;;) {
      this.#below.set(folder, (this.#below.get(folder) ?? 0) + by)
      const above = dirname(folder)
      if (above === folder) return
      folder = above
    }
  }
}
