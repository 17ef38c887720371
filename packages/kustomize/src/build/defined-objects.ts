import { once, type Position } from '@overlay-render/system'

import { fieldOf, textOf } from '../graph/value-fields.ts'
import { makeLocator, readDocuments, type Value } from '../graph/yaml-value.ts'
import { findField, type FoundField, type SourcePath } from './field-path.ts'
import { type BuildInputs, textsOfRole } from './find-resources.ts'
import { objectsOf } from './object-documents.ts'

/** The identity of an object in the output of a build. */
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
  /** Whether a generator creates it, and adds a hash to the name. */
  readonly isGenerated: boolean
  /** A field, or its nearest existing parent. */
  readonly field?: (place: SourcePath) => FoundField
  readonly locate?: (offset: number) => Position
}

/** Finds where the inputs of a build define the objects of its output: in a document of a resource, or in an entry of a generator. */
export class DefinedObjects {
  readonly #index: DefinitionIndex

  constructor(inputs: BuildInputs) {
    this.#index = new DefinitionIndex(inputs)
  }

  /** Reads the files of the resources now, instead of at the first search. */
  readFiles(): void {
    this.#index.readFiles()
  }

  /**
   * The position of an object, or of a field of it or its nearest existing parent. With a `text`, only a field that has that text in
   * the sources is found: what a patch sets is not.
   */
  find(wanted: ObjectName, place?: SourcePath, text?: string): Position | undefined {
    let best: { readonly likeness: number; readonly found: Definition } | undefined
    for (const candidate of this.#index.of(wanted)) {
      const likeness = similarityOf(candidate, wanted)
      if (likeness > (best?.likeness ?? 0)) best = { likeness, found: candidate }
    }
    const { position, field, locate } = best?.found ?? {}
    if (place === undefined || field === undefined || locate === undefined)
      return text === undefined ? position : undefined
    const found = field(place)
    return text === undefined || found.text === text ? locate(found.at) : undefined
  }
}

/** How likely a definition matches an object; 0 if it cannot. A prefix, a suffix or a hash may have been added. */
function similarityOf({ name, namespace, isGenerated }: Definition, wanted: ObjectName): number {
  if (name === '' || !wanted.name.includes(name)) return 0
  const isWhole =
    name === wanted.name || (isGenerated && /^-[a-z0-9]{10}$/u.test(wanted.name.slice(name.length)))
  const place = namespace === wanted.namespace ? 2 : namespace === '' ? 1 : 0
  // The longer a name that is contained in the wanted one, the better.
  return (isWhole ? 1000 : Math.min(name.length, 900)) + place
}

/** The definitions by kind. Only documents with a matching kind and name are parsed, because most findings are about few objects. */
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

  readFiles(): readonly SourceDocument[] {
    this.#files ??= Array.from(textsOfRole(this.#inputs, 'resource'), ({ file, text }) =>
      documentsOf(file.shown, text),
    ).flat()
    return this.#files
  }

  #documentsOf(kind: string): readonly SourceDocument[] {
    const known = this.#byKind.get(kind)
    if (known !== undefined) return known
    const saysKind = new RegExp(`\\bkind["']?\\s*:\\s*["']?${escapeRegExp(kind)}(?![\\w-])`, 'u')
    const found = this.readFiles().filter(({ text }) => saysKind.test(text))
    this.#byKind.set(kind, found)
    return found
  }

  #generated(key: string): Definition[] {
    return this.#inputs.graph.generators
      .filter(({ kind }) => `${kind} ` === key)
      .map(({ name, namespace = '', position }) => ({ key, name, namespace, position, isGenerated: true }))
  }
}

/** One document of a file, parsed on first use. */
interface SourceDocument {
  readonly text: string
  /** Whether it may define an object with this name: it has that name, or a part of it. */
  readonly says: (name: string) => boolean
  readonly definitions: () => readonly Definition[]
}

/** A name as written; an anchor, an alias or a block scalar matches any name. */
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
        field: (place) => findField(object, place),
        locate,
      }
    })
}

/** The documents of a text, each including its separator line. */
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
