import { parseFile } from '../resources/embedded-file.ts'
import type { Value } from '../resources/value.ts'

export interface Trees {
  readonly before: Value
  readonly after: Value
}

/** The trees of two texts when both are YAML or JSON files; undefined when either is not. */
export function embeddedTrees(before: string, after: string): Trees | undefined {
  const old = parseFile(before)
  if (old === undefined) return undefined
  const fresh = parseFile(after)
  return fresh === undefined ? undefined : { before: old, after: fresh }
}
