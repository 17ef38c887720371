import type { Position } from '@overlay-render/system'

import { fieldOf, textOf } from '../graph/value-fields.ts'
import { makeLocator, readDocuments, type Value } from '../graph/yaml-value.ts'
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

/** The definitions of each kind. Only documents that say the kind are parsed: most findings are about few kinds. */
class DefinitionIndex {
  readonly #inputs: BuildInputs
  readonly #byKind = new Map<string, readonly Definition[]>()
  #files: readonly { readonly shown: string; readonly text: string }[] | undefined

  constructor(inputs: BuildInputs) {
    this.#inputs = inputs
  }

  ofKind({ kind, apiVersion }: ObjectName): readonly Definition[] {
    const key = `${kind} ${groupOf(apiVersion)}`
    const known = this.#byKind.get(key)
    if (known !== undefined) return known
    this.#files ??= Array.from(textsOfRole(this.#inputs, 'resource'), ({ file, text }) => ({
      shown: file.shown,
      text,
    }))
    const found = [...this.#generated(key), ...this.#files.flatMap((file) => definitionsIn(file, kind, key))]
    this.#byKind.set(key, found)
    return found
  }

  #generated(key: string): Definition[] {
    return this.#inputs.graph.generators
      .filter(({ kind }) => `${kind} ` === key)
      .map(({ name, namespace = '', position }) => ({ name, namespace, position, isGenerated: true }))
  }
}

/** The objects of a kind that a file defines. */
function definitionsIn(
  { shown, text }: { readonly shown: string; readonly text: string },
  kind: string,
  key: string,
): Definition[] {
  const saysKind = new RegExp(`\\bkind["']?\\s*:\\s*["']?${escapeRegExp(kind)}(?![\\w-])`, 'u')
  if (!saysKind.test(text)) return []
  const locate = makeLocator(shown, text)
  return documentTexts(text)
    .filter((document) => saysKind.test(document.text))
    .flatMap((document) => Array.from(readDocuments(document.text), ({ value }) => ({ value, ...document })))
    .flatMap(({ value, start }) => objectsOf(value).map((object) => ({ object, start })))
    .filter(({ object }) => keyOf(object) === key)
    .map(({ object, start }) => {
      const metadata = fieldOf(object, 'metadata')
      return {
        name: textOf(fieldOf(metadata, 'name')),
        namespace: textOf(fieldOf(metadata, 'namespace')),
        position: locate(start + object.at),
        isGenerated: false,
        fieldAt: (place) => locate(start + offsetOfField(object, place)),
      }
    })
}

/** The documents of a text, each with the line that begins it. */
function documentTexts(text: string): { readonly text: string; readonly start: number }[] {
  const starts = [
    0,
    ...Array.from(text.matchAll(/^---(?=\s|$)/gmu), ({ index }) => index).filter((at) => at > 0),
  ]
  return starts.map((start, index) => ({ text: text.slice(start, starts[index + 1]), start }))
}

function keyOf(object: Value): string {
  return `${textOf(fieldOf(object, 'kind'))} ${groupOf(textOf(fieldOf(object, 'apiVersion')))}`
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/gu, '\\$&')
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
}
