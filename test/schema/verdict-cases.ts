import type { ApiDocument } from '@overlay-render/kustomize'
import { parse } from 'yaml'

import { seededDraw } from '../differential/draw.ts'
import { CUSTOM_OBJECT } from './custom-definition.ts'
import { type JsonObject, ObjectDrawer } from './draw-object.ts'
import { drawMutations, mutate, type Mutation } from './mutate.ts'
import { validObjects } from './valid-objects.ts'

/** An object with at most one mutation. */
export interface VerdictCase {
  /** Unique. */
  readonly name: string
  readonly object: JsonObject
  /** Whether the server accepts the object without the mutation. */
  readonly isValid: boolean
}

/** The verdict of a real API server on a case (recorded by scripts/record/schema.js). */
export interface RecordedVerdict {
  readonly name: string
  readonly answer: 'decoded' | 'unknown-field' | 'wrong-type'
  /** Whether the server rejects the object, for any reason. */
  readonly isRefused: boolean
}

const SEED = 11

/** A random object of each kind in a document except lists, valid objects, and a custom resource, each with many mutations. */
export function verdictCases(api: ApiDocument): VerdictCase[] {
  const kinds = Object.keys(api.kinds).filter((kind) => !kind.endsWith('List'))
  const drawn = kinds.sort().flatMap((key) => {
    const object = new ObjectDrawer(api, seededDraw(SEED), 9).object(key)
    return casesOf(`drawn ${key}`, object, 25, false)
  })
  const valid = [...validObjects(), parse(CUSTOM_OBJECT) as JsonObject]
  return [
    ...drawn,
    ...valid.flatMap((object, index) =>
      casesOf(`valid ${index} ${String(object['kind'])}`, object, 150, true),
    ),
  ]
}

function casesOf(title: string, object: JsonObject, count: number, isValid: boolean): VerdictCase[] {
  const mutations = drawMutations(object, count, seededDraw(SEED))
  const cases = mutations.map((mutation) => ({
    name: `${title}: ${nameOf(mutation)}`,
    object: mutate(object, mutation),
    isValid,
  }))
  return [{ name: title, object, isValid }, ...cases]
}

function nameOf({ place, change }: Mutation): string {
  return `${place.join('.')} ${change}`
}
