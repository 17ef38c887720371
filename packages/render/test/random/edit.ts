import type { Draw } from '../../../../test/differential/draw.ts'

/** Where edits are made. */
export interface EditSite {
  readonly draw: Draw
  /** The top folder of the repository. */
  readonly top: string
  /** A folder outside of the repository. */
  readonly outside: string
  /** Runs git. When it refuses, for example to add an ignored file, nothing changes. */
  git(...args: string[]): void
}

/** A kind of random edit. Returns what it did. @throws an error of `node:fs` when it does not fit the present state of the tree */
export type Edit = (site: EditSite) => string
