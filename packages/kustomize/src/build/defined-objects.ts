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
  const index = new DefinitionIndex(inputs)
  return (wanted, place) => {
    const candidates = index.ofKind(wanted)
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

/** The definitions of each kind. Only files that hold the word are parsed: most findings are about few kinds. */
class DefinitionIndex {
  readonly #inputs: BuildInputs
  readonly #byKind = new Map<string, readonly Definition[]>()
  #files: readonly { readonly text: string; readonly definitions: () => Definitions }[] | undefined

  constructor(inputs: BuildInputs) {
    this.#inputs = inputs
  }

  ofKind({ kind, apiVersion }: ObjectName): readonly Definition[] {
    const key = `${kind} ${groupOf(apiVersion)}`
    const known = this.#byKind.get(key)
    if (known !== undefined) return known
    this.#files ??= Array.from(textsOfRole(this.#inputs, 'resource'), ({ file, text }) => {
      let read: Definitions | undefined
      return { text, definitions: () => (read ??= definitionsIn(file.shown, text)) }
    })
    const written = this.#files.filter(({ text }) => text.includes(kind))
    const found = [
      ...this.#generated(key),
      ...written.flatMap(({ definitions }) => definitions().get(key) ?? []),
    ]
    this.#byKind.set(key, found)
    return found
  }

  #generated(key: string): Definition[] {
    return this.#inputs.graph.generators
      .filter(({ kind }) => `${kind} ` === key)
      .map(({ name, namespace = '', position }) => ({ name, namespace, position, isGenerated: true }))
  }
}

/** The objects that a file defines, by kind and group. */
type Definitions = ReadonlyMap<string, readonly Definition[]>

function definitionsIn(file: string, text: string): Definitions {
  const found = new Map<string, Definition[]>()
  const locate = makeLocator(file, text)
  for (const { value } of readDocuments(text)) {
    for (const object of objectsOf(value)) {
      const metadata = fieldOf(object, 'metadata')
      const key = `${textOf(fieldOf(object, 'kind'))} ${groupOf(textOf(fieldOf(object, 'apiVersion')))}`
      const definition = {
        name: textOf(fieldOf(metadata, 'name')),
        namespace: textOf(fieldOf(metadata, 'namespace')),
        position: locate(object.at),
        isGenerated: false,
        fieldAt: (place: FieldPlace) => locate(offsetOfField(object, place)),
      }
      const known = found.get(key)
      if (known === undefined) found.set(key, [definition])
      else known.push(definition)
    }
  }
  return found
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
}
