import { isList, isMap, setMember, type Value } from '../resources/value.ts'
import type { IgnoreRule } from '../rules/diff-rules.ts'
import type { Marks } from '../rules/marks.ts'

/**
 * A value without the parts that rules ignore, each of which is told. Undefined when nothing else is left. A value
 * of which nothing is ignored is returned as it is.
 */
export function withoutIgnored(
  root: Value,
  marks: Marks,
  onIgnored: (rule: IgnoreRule) => void,
): Value | undefined {
  if (marks.isEmpty) return root
  let removed = 0
  const holder: Value[] = []
  const pending: { value: Value; put: (made: Value) => void }[] = [
    { value: root, put: (made) => holder.push(made) },
  ]
  const keep = (parent: Value, key: string | number): boolean => {
    const rule = marks.ignoredBy(parent, key)
    if (rule === undefined) return true
    onIgnored(rule)
    removed++
    return false
  }
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, put } = next
    if (isList(value)) {
      const list: Value[] = []
      const kept = value.filter((_, index) => keep(value, index))
      for (const [index, item] of kept.entries())
        pending.push({ value: item, put: (made) => (list[index] = made) })
      put(list)
    } else if (isMap(value)) {
      const map = {}
      for (const [key, item] of Object.entries(value)) {
        if (keep(value, key)) pending.push({ value: item, put: (made) => setMember(map, key, made) })
      }
      put(map)
    } else put(value)
  }
  const [result] = holder
  return removed > 0 && isEmpty(result) ? undefined : result
}

function isEmpty(value: Value | undefined): boolean {
  return (isList(value) && value.length === 0) || (isMap(value) && Object.keys(value).length === 0)
}
