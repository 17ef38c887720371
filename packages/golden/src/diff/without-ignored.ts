import { rebuild } from '../resources/rebuild.ts'
import { isList, isMap, type Value } from '../resources/value.ts'
import type { IgnoreRule } from '../rules/diff-rules.ts'
import type { Marks } from '../rules/marks.ts'

/**
 * Removes the parts of a value that rules ignore, and reports each to `onIgnored`. Undefined when nothing is left; the
 * same value when nothing is ignored.
 */
export function withoutIgnored(
  root: Value,
  marks: Marks,
  onIgnored: (rule: IgnoreRule) => void,
): Value | undefined {
  if (marks.isEmpty) return root
  let removed = 0
  const result = rebuild(root, {
    keep: (parent, key) => {
      const rule = marks.ignoredBy(parent, key)
      if (rule === undefined) return true
      onIgnored(rule)
      removed++
      return false
    },
  })
  if (removed === 0) return root
  return isEmpty(result) ? undefined : result
}

function isEmpty(value: Value): boolean {
  return (isList(value) && value.length === 0) || (isMap(value) && Object.keys(value).length === 0)
}
