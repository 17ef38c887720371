import type { Position } from '@overlay-render/system'

import { fieldOf, textOf } from '../graph/value-fields.ts'
import { makeLocator, readDocuments } from '../graph/yaml-value.ts'
import { type FieldPlace, offsetOfField } from './field-place.ts'
import { type BuildInputs, textsOfRole } from './find-resources.ts'
import { objectsOf } from './object-documents.ts'

/** What tells objects apart, as the manifests that a build prints have it. */
export interface ObjectName {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

interface Definition {
  readonly name: string
  readonly namespace: string
  readonly position: Position
  /** A generator adds a hash to the name. */
  readonly isGenerated: boolean
  /** Where the document has a field, or the nearest one above it. */
  readonly fieldAt?: (place: FieldPlace) => Position
}

/**
 * Finds where the inputs of a build define the objects that it prints, or a field of them: a document of a resource, or the
 * entry of a generator. The files are read when the first object is looked for.
 */
export function definedObjects(
  inputs: BuildInputs,
): (wanted: ObjectName, place?: FieldPlace) => Position | undefined {
  let index: ReadonlyMap<string, readonly Definition[]> | undefined
  return (wanted, place) => {
    index ??= indexOf(inputs)
    const candidates = index.get(`${wanted.kind} ${groupOf(wanted.apiVersion)}`) ?? []
    let best: { readonly likeness: number; readonly found: Definition } | undefined
    for (const candidate of candidates) {
      const likeness = likenessOf(candidate, wanted)
      if (likeness > (best?.likeness ?? 0)) best = { likeness, found: candidate }
    }
    return (place === undefined ? undefined : best?.found.fieldAt?.(place)) ?? best?.found.position
  }
}

/** How surely a definition is that of an object; 0 for one that cannot be. A prefix, a suffix or a hash may be added. */
function likenessOf({ name, namespace, isGenerated }: Definition, wanted: ObjectName): number {
  if (name === '' || !wanted.name.includes(name)) return 0
  const isWhole =
    name === wanted.name || (isGenerated && /^-[a-z0-9]{10}$/u.test(wanted.name.slice(name.length)))
  const place = namespace === wanted.namespace ? 2 : namespace === '' ? 1 : 0
  // Of two names that are part of the wanted one, the longer is the better guess.
  return (isWhole ? 1000 : Math.min(name.length, 900)) + place
}

function indexOf(inputs: BuildInputs): ReadonlyMap<string, readonly Definition[]> {
  const index = new Map<string, Definition[]>()
  const add = (kind: string, definition: Definition): void => {
    const known = index.get(kind)
    if (known === undefined) index.set(kind, [definition])
    else known.push(definition)
  }
  for (const { kind, name, namespace = '', position } of inputs.graph.generators)
    add(`${kind} `, { name, namespace, position, isGenerated: true })
  for (const { file, text } of textsOfRole(inputs, 'resource')) {
    const locate = makeLocator(file.shown, text)
    for (const { value } of readDocuments(text)) {
      for (const object of objectsOf(value)) {
        const metadata = fieldOf(object, 'metadata')
        add(`${textOf(fieldOf(object, 'kind'))} ${groupOf(textOf(fieldOf(object, 'apiVersion')))}`, {
          name: textOf(fieldOf(metadata, 'name')),
          namespace: textOf(fieldOf(metadata, 'namespace')),
          position: locate(object.at),
          isGenerated: false,
          fieldAt: (place) => locate(offsetOfField(object, place)),
        })
      }
    }
  }
  return index
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
}
