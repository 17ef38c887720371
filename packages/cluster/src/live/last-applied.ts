import { isList, isMap, member, memberAt, type Value, type ValueMap } from '@overlay-render/golden'

import { fieldsApplied, type OwnedFields, ownedItem, ownedMember } from './managed-fields.ts'
import { isCounterpart } from './counterparts.ts'

const ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration'

/**
 * What was last applied of an object. Client-side apply keeps a copy in an annotation. Of server-side apply only the fields are
 * known: their values are those of the live object, and of a field that another manager owns by now, that of the manifest.
 * Undefined when the object was never applied.
 */
export function lastApplied(live: ValueMap, wanted: ValueMap): ValueMap | undefined {
  const copy = memberAt(live, 'metadata', 'annotations', ANNOTATION)
  if (typeof copy === 'string') return parseCopy(copy)
  const owned = fieldsApplied(live)
  return owned === undefined ? undefined : appliedFields(live, wanted, owned)
}

function parseCopy(text: string): ValueMap | undefined {
  try {
    const value: Value = JSON.parse(text)
    return isMap(value) ? value : undefined
  } catch {
    return undefined // Not kubectl, but a person wrote the annotation.
  }
}

interface Task {
  readonly live: Value | undefined
  readonly wanted: Value
  readonly owned: OwnedFields | undefined
  readonly put: (made: Value) => void
}

function appliedFields(live: ValueMap, wanted: ValueMap, root: OwnedFields): ValueMap {
  const made: ValueMap = {}
  const pending: Task[] = []
  // No manager owns `apiVersion` and `kind`.
  for (const [key, value] of Object.entries(wanted)) {
    const owned = ownedMember(root, key)
    const put = (item: Value): void => void (made[key] = item)
    if (key === 'apiVersion' || key === 'kind') put(value)
    else pending.push({ live: member(live, key), wanted: value, owned, put })
  }
  for (let task = pending.pop(); task !== undefined; task = pending.pop()) applyTask(task, pending)
  return made
}

function applyTask({ live, wanted, owned, put }: Task, pending: Task[]): void {
  if (isMap(wanted) && isMap(live)) {
    const made: ValueMap = {}
    put(made)
    for (const [key, value] of Object.entries(wanted)) {
      const inner = ownedMember(owned, key)
      pending.push({
        live: member(live, key),
        wanted: value,
        owned: inner,
        put: (item) => (made[key] = item),
      })
    }
  } else if (isList(wanted) && isList(live)) {
    const made: Value[] = [...wanted]
    put(made)
    for (const [index, value] of wanted.entries()) {
      const other = live.find((item) => isCounterpart(item, value))
      const inner = ownedItem(owned, value) ?? (owned?.size === 0 ? owned : undefined)
      if (other !== undefined)
        pending.push({ live: other, wanted: value, owned: inner, put: (item) => (made[index] = item) })
      else if (owned?.size === 0) made[index] = live[index] ?? value
    }
  } else if (live !== undefined && owned !== undefined) put(live)
  else put(wanted)
}
