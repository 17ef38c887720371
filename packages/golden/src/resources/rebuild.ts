import { isList, isMap, setMember, type Value } from './value.ts'

export interface Rebuilding {
  /** Replaces a scalar or a redacted value; unchanged when absent. */
  readonly leaf?: (value: Value) => Value
  /** Replaces a key; unchanged when absent. */
  readonly key?: (key: string) => string
  /** Whether a member or item stays; all do when absent. */
  readonly keep?: (parent: Value, key: string | number, value: Value) => boolean
}

interface Task {
  readonly value: Value
  readonly put: (made: Value) => void
}

const same = <Item>(item: Item): Item => item

/** Copies a tree, with replaced leaves and keys and without dropped members. */
export function rebuild(root: Value, { leaf = same, key = same, keep = () => true }: Rebuilding): Value {
  let result: Value = null
  const pending: Task[] = [{ value: root, put: (made) => (result = made) }]
  for (let task = pending.pop(); task !== undefined; task = pending.pop()) {
    const { value, put } = task
    if (isList(value)) {
      const kept = value.filter((item, index) => keep(value, index, item))
      const list: Value[] = Array.from({ length: kept.length }, () => null)
      for (const [index, item] of kept.entries())
        pending.push({ value: item, put: (made) => (list[index] = made) })
      put(list)
    } else if (isMap(value)) {
      const map = {}
      for (const [name, item] of Object.entries(value)) {
        if (!keep(value, name, item)) continue
        const newName = key(name)
        setMember(map, newName, null)
        pending.push({ value: item, put: (made) => setMember(map, newName, made) })
      }
      put(map)
    } else put(leaf(value))
  }
  return result
}
