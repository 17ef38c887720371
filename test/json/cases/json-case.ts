import type { OutputName } from '../../../packages/cli/src/json/outputs.ts'

/** A run of a command in a workspace of `layForEveryCommand`. */
export interface JsonCase {
  readonly says: string
  /** The words of the command, without `--json`. */
  readonly run: string
  readonly output: OutputName
  readonly status: number
  /** Files of both commits of the workspace, in addition to its own or instead of them. */
  readonly files?: Readonly<Record<string, string>>
  /** Files that are written after the last commit; undefined removes one. */
  readonly edits?: Readonly<Record<string, string | undefined>>
  /** Instead of the environment of the tests. */
  readonly env?: Readonly<Record<string, string>>
  /** Runs that come first, such as of `review` for `report merge`. */
  readonly first?: readonly string[]
}
