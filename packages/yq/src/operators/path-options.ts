import type { SourceRange } from '../expression/ast.ts'

/** How a path is followed. */
export interface PathOptions {
  /** Give keys. Default false. */
  readonly keys?: boolean
  /** Give values. Default true. */
  readonly values?: boolean
  /** Keys are looked for in merged maps too. Default true. */
  readonly followMerges?: boolean
  /** Missing keys are created, where the context allows it. Default true. */
  readonly create?: boolean
  /** Keys match letter by letter; otherwise by `*` and `?`. Default false. */
  readonly exact?: boolean
  /** What is not an index of a list gives nothing instead of a fault. Default false. */
  readonly optional?: boolean
  /** The expression that asks, for warnings. */
  readonly range: SourceRange
}

/** For paths that no expression asks for. */
export const NOWHERE: SourceRange = { start: 0, end: 0 }
