import type { SourceRange } from '../expression/ast.ts'

/** How a path is resolved. */
export interface PathOptions {
  /** Whether keys are returned. Default false. */
  readonly keys?: boolean
  /** Whether values are returned. Default true. */
  readonly values?: boolean
  /** Whether merged maps are searched, too. Default true. */
  readonly followMerges?: boolean
  /** Whether missing keys are created, if the context allows it. Default true. */
  readonly create?: boolean
  /** Whether keys match exactly; otherwise `*` and `?` are wildcards. Default false. */
  readonly exact?: boolean
  /** Whether an invalid list index has no result instead of an error. Default false. */
  readonly optional?: boolean
  /** The range of the expression, for warnings. */
  readonly range: SourceRange
}

/** For paths without an expression. */
export const NOWHERE: SourceRange = { start: 0, end: 0 }
