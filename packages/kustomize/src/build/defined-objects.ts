import { once, type Position } from '@overlay-render/system'

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
  /** Its kind and group. */
  readonly key: string
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
    let best: { readonly likeness: number; readonly found: Definition } | undefined
    for (const candidate of index.of(wanted)) {
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

/** The definitions of each kind. Only documents that say the kind and the name are parsed: most findings are about few objects. */
class DefinitionIndex {
  readonly #inputs: BuildInputs
  readonly #byKind = new Map<string, readonly SourceDocument[]>()
  #files: readonly SourceDocument[] | undefined

  constructor(inputs: BuildInputs) {
    this.#inputs = inputs
  }

  /** The definitions that may be those of an object. */
  *of({ kind, apiVersion, name }: ObjectName): Generator<Definition> {
    const key = `${kind} ${groupOf(apiVersion)}`
    yield* this.#generated(key)
    for (const document of this.#documentsOf(kind)) {
      if (!document.says(name)) continue
      for (const definition of document.definitions()) if (definition.key === key) yield definition
    }
  }

  #documentsOf(kind: string): readonly SourceDocument[] {
    const known = this.#byKind.get(kind)
    if (known !== undefined) return known
    this.#files ??= Array.from(textsOfRole(this.#inputs, 'resource'), ({ file, text }) =>
      documentsOf(file.shown, text),
    ).flat()
    const saysKind = new RegExp(`\\bkind["']?\\s*:\\s*["']?${escapeRegExp(kind)}(?![\\w-])`, 'u')
    const found = this.#files.filter(({ text }) => saysKind.test(text))
    this.#byKind.set(kind, found)
    return found
  }

  #generated(key: string): Definition[] {
    return this.#inputs.graph.generators
      .filter(({ kind }) => `${kind} ` === key)
      .map(({ name, namespace = '', position }) => ({ key, name, namespace, position, isGenerated: true }))
  }
}

/** One document of a file, parsed when it is asked for. */
interface SourceDocument {
  readonly text: string
  /** Whether it may define an object of a name: some name in it is that one, or a part of it. */
  readonly says: (name: string) => boolean
  readonly definitions: () => readonly Definition[]
}

/** A name as it is written; an anchor, an alias or a text of several lines may be anything. */
const NAME = /\bname["']?\s*:\s*(?:["']?([\w.-]+)|[&*|>!])/gu

function documentsOf(shown: string, whole: string): SourceDocument[] {
  let locate: ReturnType<typeof makeLocator> | undefined
  const at = (offset: number): Position => (locate ??= makeLocator(shown, whole))(offset)
  return documentTexts(whole).map(({ text, start }) => {
    const names = once(() => new Set(Array.from(text.matchAll(NAME), ([, name]) => name)))
    return {
      text,
      says: (wanted) => [...names()].some((name) => name === undefined || wanted.includes(name)),
      definitions: once(() => definitionsIn(text, (offset) => at(start + offset))),
    }
  })
}

/** The objects that a document defines. */
function definitionsIn(text: string, locate: (offset: number) => Position): Definition[] {
  return Array.from(readDocuments(text), ({ value }) => objectsOf(value))
    .flat()
    .map((object) => {
      const metadata = fieldOf(object, 'metadata')
      return {
        key: keyOf(object),
        name: textOf(fieldOf(metadata, 'name')),
        namespace: textOf(fieldOf(metadata, 'namespace')),
        position: locate(object.at),
        isGenerated: false,
        fieldAt: (place) => locate(offsetOfField(object, place)),
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
