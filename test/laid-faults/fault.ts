import type { Value } from '@overlay-render/golden'

import { type Draw, pick } from '../differential/draw.ts'
import type { LaidObject, LaidTree } from './laid-tree.ts'

/** A fault that was laid, and what tells its finding from others. */
export interface LaidFault {
  readonly file: string
  /** A text in the object, the message or the file of the finding. */
  readonly mentions: string
}

/** A fault that a rule must report. */
export interface Fault {
  /** One of these rules must report it. */
  readonly rules: readonly string[]
  readonly says: string
  /** Whether it is a fault only if it changes what is rendered. */
  readonly changesRender?: boolean
  /** Lays it at a random place. Undefined when the tree has no place for it. */
  readonly lay: (tree: LaidTree, draw: Draw) => LaidFault | undefined
}

/** A path in a document. */
export type At = readonly (string | number)[]

/** A fault in a manifest. @param change changes the document; false when the fault does not fit there */
export function inObject(
  rule: string,
  says: string,
  change: (object: LaidObject, draw: Draw, tree: LaidTree) => boolean | string,
): Fault {
  return {
    rules: rule.split('|'),
    says,
    changesRender: true,
    lay: (tree, draw) => {
      for (const object of tree.objects(draw)) {
        const done = change(object, draw, tree)
        if (done === false) continue
        tree.save(object)
        return { file: object.file, mentions: done === true ? object.name : done }
      }
      return undefined
    },
  }
}

/** Every place in a value, with what is there. */
export function* placesIn(root: Value): Generator<{ readonly at: At; readonly value: Value }> {
  const pending: { readonly at: At; readonly value: Value }[] = [{ at: [], value: root }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    yield next
    const { at, value } = next
    const entries: [string | number, Value][] = Array.isArray(value)
      ? [...value.entries()]
      : typeof value === 'object' && value !== null
        ? Object.entries(value)
        : []
    for (const [key, inner] of entries) pending.push({ at: [...at, key], value: inner })
  }
}

/** A random place whose path, joined with dots, matches; undefined when there is none. */
export function placeIn(
  draw: Draw,
  { object }: LaidObject,
  pattern: RegExp,
  fits: (value: Value, at: At) => boolean = () => true,
): { readonly at: At; readonly value: Value } | undefined {
  const places = [...placesIn(object)].filter(
    ({ at, value }) => pattern.test(at.join('.')) && fits(value, at),
  )
  return places.length === 0 ? undefined : pick(draw, places)
}
