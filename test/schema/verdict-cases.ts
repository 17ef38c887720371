import type { ApiDocument } from '@overlay-render/kustomize'
import { parse } from 'yaml'

import { seededDraw } from '../differential/draw.ts'
import { CUSTOM_OBJECT } from './custom-definition.ts'
import { type JsonObject, ObjectDrawer } from './draw-object.ts'
import { drawMutations, mutate, type Mutation } from './mutate.ts'
import { validObjects } from './valid-objects.ts'

/** An object with one thing that may be wrong. */
export interface VerdictCase {
  /** Tells it from all others. */
  readonly name: string
  readonly object: JsonObject
  /** Whether the object is one that the server takes but for the mutation. */
  readonly isValid: boolean
}

/** What a real API server said of a case (recorded by scripts/record/schema.js). */
export interface RecordedVerdict {
  readonly name: string
  readonly answer: 'decoded' | 'unknown-field' | 'wrong-type'
  /** Whether it would not keep the object, for whatever reason. */
  readonly isRefused: boolean
}

const SEED = 11

/** The kinds of a document as drawn objects, valid objects, and a custom resource, each with many mutations. */
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
