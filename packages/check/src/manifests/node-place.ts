import type { Value } from '@overlay-render/golden'
import type { FieldPath } from '@overlay-render/kustomize'

/** A field below a map or a list of an object. */
export interface NodePlace {
  readonly node: Value
  readonly field: FieldPath
}

interface Above {
  readonly parent: Value
  readonly step: string | number
}

const known = new WeakMap<object, ReadonlyMap<Value, Above>>()

/** The path from an object to a field below one of its nodes; undefined for a node that is not its own. */
export function placeIn(root: Value, { node, field }: NodePlace): FieldPath | undefined {
  const above = aboveIn(root)
  const steps: (string | number)[] = []
  for (let at = node; at !== root;) {
    const found = above.get(at)
    if (found === undefined) return undefined
    steps.push(found.step)
    at = found.parent
  }
  return [...steps.toReversed(), ...field]
}

/** What holds each map and list of an object. */
function aboveIn(root: Value): ReadonlyMap<Value, Above> {
  if (typeof root !== 'object' || root === null) return new Map()
  const there = known.get(root)
  if (there !== undefined) return there
  const found = new Map<Value, Above>()
  const pending: Value[] = [root]
  for (let parent = pending.pop(); parent !== undefined; parent = pending.pop()) {
    const entries: [string | number, Value][] = Array.isArray(parent)
      ? [...parent.entries()]
      : Object.entries(parent ?? {})
    for (const [step, value] of entries) {
      if (typeof value !== 'object' || value === null) continue
      found.set(value, { parent, step })
      pending.push(value)
    }
  }
  known.set(root, found)
  return found
}
