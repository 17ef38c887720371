import { type Node, toValue } from '@overlay-render/yq'

import type { JsonValue } from './json-pointer.ts'

/** The largest number of values of a patch, at about 100 bytes each: aliases and copies can double them forty times. */
const MAX_VALUES = 1_000_000

/** Creates and counts the values of a JSON Patch. */
export class JsonValues {
  #made = 0

  /** The value of a tree with expanded aliases. `visit` is called for every object and list. */
  of(root: Node, visit?: (made: object, node: Node) => void): JsonValue {
    const value = toValue(root, {
      visit: (made, node) => {
        Object.setPrototypeOf(made, Array.isArray(made) ? Array.prototype : null)
        this.#count(Object.keys(made).length)
        visit?.(made, node)
      },
    })
    return value
  }

  /** A deep copy, without recursion. */
  copy(original: JsonValue): JsonValue {
    const holder: JsonValue[] = []
    const open: [from: JsonValue, put: (copy: JsonValue) => void][] = [
      [original, (copy) => holder.push(copy)],
    ]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [from, put] = next
      if (typeof from !== 'object' || from === null) {
        put(from)
        continue
      }
      const entries = Object.entries(from)
      this.#count(entries.length)
      const to = Array.isArray(from) ? from.slice() : Object.assign(emptyObject(), from)
      put(to)
      for (const [name, value] of entries) {
        if (typeof value === 'object' && value !== null) {
          open.push([value, (copy) => void Object.assign(to, Object.fromEntries([[name, copy]]))])
        }
      }
    }
    return holder[0] ?? null
  }

  #count(values: number): void {
    this.#made += values
    if (this.#made > MAX_VALUES) throw new Error(`this would make more than ${MAX_VALUES} values`)
  }
}

function emptyObject(): { [name: string]: JsonValue } {
  return Object.create(null)
}

/** Whether two values are equal as JSON (RFC 6902, section 4.6). */
export function areEqual(left: JsonValue, right: JsonValue): boolean {
  const open: [JsonValue, JsonValue][] = [[left, right]]
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [one, other] = pair
    if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) {
      if (!areEqualScalars(one, other)) return false
      continue
    }
    const entries = Object.entries(one)
    if (Array.isArray(one) !== Array.isArray(other) || entries.length !== Object.keys(other).length)
      return false
    for (const [name, value] of entries) {
      const counterpart = Object.getOwnPropertyDescriptor(other, name)
      if (counterpart === undefined) return false
      open.push([value, counterpart.value])
    }
  }
  return true
}

/** A bigint (an integer beyond 2^53) and a number can be equal. */
function areEqualScalars(one: JsonValue, other: JsonValue): boolean {
  if (typeof one === 'bigint' && typeof other === 'number')
    return Number.isInteger(other) && BigInt(other) === one
  return typeof other === 'bigint' && typeof one === 'number' ? areEqualScalars(other, one) : one === other
}
