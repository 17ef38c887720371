import { isAscii } from 'node:buffer'

import { groupBy, findTextProblem, type Position, positionsIn } from '@overlay-render/system'

import { GoldenFault } from '../golden-fault.ts'
import { mayContainSecret } from '../redaction/may-contain-secret.ts'
import { documentsLike } from './documents-like.ts'
import { idOf, scanId } from './identify.ts'
import { parseYaml, type YamlProblem } from './parse-yaml.ts'
import { idKey, type ResourceId } from './resource-id.ts'
import { isListKind, listItems } from './list-items.ts'
import { Source } from './source.ts'
import { splitDocuments } from './split-documents.ts'
import { type Content, type TextPart, textOf } from './text-part.ts'
import { isMap, type Value, type ValueMap } from './value.ts'

export interface ParseOptions {
  /** The name that messages and reports give the manifests. */
  readonly file: string
  /** Manifests that are mostly the same: what they share is read faster. The result does not depend on them. */
  readonly like?: Manifests
  /** Reads each item of a List as an object of its own, as kubectl applies it. Otherwise a List is an error. */
  readonly expandsLists?: boolean | undefined
}

/** One Kubernetes object of a file of manifests. */
export class Resource {
  readonly id: ResourceId
  /** @internal The identity as a string. */
  readonly key: string
  readonly #source: Source
  #value: ValueMap | undefined

  /** @internal */
  constructor(id: ResourceId, source: Source, value: ValueMap | undefined, key: string = idKey(id)) {
    this.id = id
    this.key = key
    this.#source = source
    this.#value = value
  }

  /** The document's text, without separators. */
  get text(): string {
    return this.#source.text
  }

  /** @internal */
  get part(): TextPart {
    return this.#source.part
  }

  /** @internal UTF-16 offset of the document in its file. */
  get offset(): number {
    return this.#source.offset
  }

  /** @internal The same document in another file. */
  from(source: Source): Resource {
    return new Resource(this.id, source, this.#value, this.key)
  }

  /** Where the document starts. */
  get position(): Position {
    return this.#source.position()
  }

  /**
   * The document as plain JavaScript, parsed on first access.
   *
   * @throws GoldenFault `not-yaml`
   */
  get value(): ValueMap {
    this.#value ??= parseMap(this.#source)
    return this.#value
  }
}

/** The Kubernetes objects of one file, in its order. Identities may be duplicated, as in the output of kustomize 3. */
export class Manifests {
  /** The name that messages and reports give the manifests. */
  readonly file: string
  readonly resources: readonly Resource[]
  /** @internal The file's content, if it is known and in ASCII. */
  readonly bytes: Buffer | undefined
  readonly #byId: ReadonlyMap<string, readonly Resource[]>

  /** @internal */
  constructor(file: string, resources: readonly Resource[], bytes?: Buffer, byId = indexById(resources)) {
    this.file = file
    this.resources = resources
    this.bytes = bytes
    this.#byId = byId
  }

  /** The same objects with another file name for reports. Parsed values are kept. */
  named(file: string): Manifests {
    return new Manifests(file, this.resources, this.bytes, this.#byId)
  }

  /** The first object with that identity. */
  find(id: ResourceId): Resource | undefined {
    return this.withId(id)[0]
  }

  /** Every object with that identity, in the order of the file. */
  withId(id: ResourceId): readonly Resource[] {
    return this.withKey(idKey(id))
  }

  /** @internal Every object with the identity of a `Resource.key`. */
  withKey(key: string): readonly Resource[] {
    return this.#byId.get(key) ?? []
  }

  /** The objects grouped by identity, in the order of the first of each. */
  byIdentity(): Iterable<readonly Resource[]> {
    return this.#byId.values()
  }
}

/**
 * Reads a stream of Kubernetes manifests. Documents are split and identified at once, usually without parsing; each is
 * parsed when its value is first accessed.
 *
 * @throws GoldenFault `not-yaml`, `conflict-markers`, `no-kind`, `no-name`, `not-a-resource` or
 *   `list-kind`, with the position in the file
 */
export function parseManifests(
  input: string | Uint8Array,
  { file, like, expandsLists = false }: ParseOptions,
): Manifests {
  if (!expandsLists) return parsePlain(input, file, like)
  try {
    return parsePlain(input, file, like)
  } catch (error) {
    // A List is rare.
    if (!(error instanceof GoldenFault) || error.code !== 'list-kind') throw error
    const text = typeof input === 'string' ? input : decode(input, file)
    return new Manifests(file, sourcesIn(text, file).flatMap(readExpanded))
  }
}

function parsePlain(input: string | Uint8Array, file: string, like: Manifests | undefined): Manifests {
  if (typeof input === 'string') return new Manifests(file, readResources(input, file))
  const bytes = Buffer.from(input.buffer, input.byteOffset, input.length)
  if (!isAscii(bytes)) return new Manifests(file, readResources(decode(bytes, file), file))
  return new Manifests(file, readLike(bytes, file, like) ?? readResources(bytes, file), bytes)
}

function readResources(content: Content, file: string): Resource[] {
  return sourcesIn(content, file).flatMap(readResource)
}

function sourcesIn(content: Content, file: string): Source[] {
  // The YAML reader accepts NUL characters; Kubernetes objects cannot contain them.
  if (content.includes('\0')) throw notText(Buffer.from(content), file)
  const locate = positionsInContent(file, content)
  return splitDocuments(content, file).map((document) => new Source(document, file, locate))
}

/** Undefined if the other manifests do not help. */
function readLike(bytes: Buffer, file: string, like: Manifests | undefined): Resource[] | undefined {
  if (like?.bytes === undefined) return undefined
  const documents = documentsLike(bytes, { bytes: like.bytes, documents: like.resources })
  const locate = positionsInContent(file, bytes)
  return documents?.flatMap((document) => {
    const source = new Source(document, file, locate)
    return document.same?.from(source) ?? readResource(source)
  })
}

function positionsInContent(file: string, content: Content): (offset: number) => Position {
  let locate: ((offset: number) => Position) | undefined
  return (offset) => (locate ??= positionsIn(file, textOf(content, 0, content.length)))(offset)
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch (error) {
    throw notText(bytes, file, error)
  }
}

/** The fault for bytes that are not UTF-8 or contain a NUL. */
function notText(bytes: Uint8Array, file: string, cause?: unknown): GoldenFault {
  const { problem, hint, line, column } = findTextProblem(bytes) ?? NOT_UTF8
  const position = { file, line, column }
  return new GoldenFault({ code: 'not-yaml', message: `the file ${problem}`, position, hint, cause })
}

const NOT_UTF8 = { problem: 'is not UTF-8 text', hint: 'save it as UTF-8', line: 1, column: 1 }

/** The object of a document, or those in the items of a List. */
function readExpanded(document: Source): Resource[] {
  const resources: Resource[] = []
  // A List may hold Lists. A stack gives back in reverse.
  const pending = [document]
  for (let source = pending.pop(); source !== undefined; source = pending.pop()) {
    const items = itemsOf(source)
    if (items === undefined) resources.push(...[readResource(source)].flat())
    else pending.push(...items.toReversed())
  }
  return resources
}

/** Undefined for what is no List, or no YAML. */
function itemsOf(source: Source): readonly Source[] | undefined {
  if (!source.text.includes('List')) return undefined
  const parsed = parseYaml(source.text)
  const value = parsed.ok ? (parsed.documents[0] ?? null) : null
  if (!isMap(value) || !isListKind(idOf(value))) return undefined
  return listItems(source.text, value)?.map((item) => source.item(item))
}

/** None for a null document, which kubectl ignores, too. */
function readResource(source: Source): Resource | readonly [] {
  const scanned = scanId(source.part)
  if (scanned !== undefined) {
    checkId(scanned, source)
    return new Resource(scanned, source, undefined)
  }
  const value = parse(source)
  if (value === null) return []
  if (!isMap(value)) throw notAResource(source)
  const id = idOf(value)
  checkId(id, source)
  return new Resource(id, source, value)
}

function parseMap(source: Source): ValueMap {
  const value = parse(source)
  if (!isMap(value)) throw notAResource(source)
  return value
}

function parse(source: Source): Value {
  const parsed = parseYaml(source.text)
  if (!parsed.ok) throw notYaml(parsed.problem, source)
  return parsed.documents[0] ?? null
}

function notYaml({ line, column, message }: YamlProblem, source: Source): GoldenFault {
  // The reader's message may quote the text, and the text of a Secret is never shown.
  const reason = mayContainSecret(source.text) ? '' : `: ${message}`
  return new GoldenFault({
    code: 'not-yaml',
    message: `the document is not YAML${reason}`,
    position: source.position(line, column),
  })
}

function notAResource(source: Source): GoldenFault {
  return new GoldenFault({
    code: 'not-a-resource',
    message: 'the document is not a Kubernetes object: it is not a map',
    position: source.position(),
  })
}

function checkId(id: ResourceId, source: Source): void {
  if (id.kind === '') {
    throw new GoldenFault({
      code: 'no-kind',
      message: 'the document has no kind, so it is not a Kubernetes object',
      position: source.position(),
    })
  }
  if (isListKind(id)) {
    throw new GoldenFault({
      code: 'list-kind',
      message: `the document is a ${id.kind}, which is not supported`,
      position: source.position(),
      hint: 'write every item as a separate document',
    })
  }
  if (id.name === '') {
    throw new GoldenFault({
      code: 'no-name',
      message: `the ${id.kind} has no metadata.name`,
      position: source.position(),
    })
  }
}

function indexById(resources: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> {
  return groupBy(resources, ({ key }) => key)
}
