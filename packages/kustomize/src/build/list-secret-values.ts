import { isUtf8 } from 'node:buffer'

import { fieldOf, textOf } from '../graph/value-fields.ts'
import { readDocuments, type Value } from '../graph/yaml-value.ts'
import { type BuildInputs, readText } from './find-resources.ts'
import { listPatches } from './list-patches.ts'

/** The largest number of values to visit; aliases can expand a few bytes to more. */
const MAX_VALUES = 1_000_000

/**
 * What a map or list is part of: nothing secret; an object or patch whose fields are secret, except those that identify it;
 * or the content of such a field.
 */
type Place = 'plain' | 'object' | 'content'

/** Fields of a Secret, and of a JSON Patch operation on one, that are not secret. */
const NAMING_FIELDS: ReadonlySet<string> = new Set([
  'apiversion',
  'kind',
  'metadata',
  'type',
  'immutable',
  'op',
  'path',
  'from',
])

/**
 * Every value of every Secret that a build reads: in resources, patches and generators, in lists, with misspelt fields, and in
 * manifests embedded in other objects; also decoded, and the parts used by a replacement with a `delimiter`.
 *
 * @returns undefined when there are too many values
 */
export function listSecretValues(inputs: BuildInputs): readonly string[] | undefined {
  const search = new SecretSearch()
  const seen = new Set<string>()
  for (const { role, real } of inputs.graph.files) {
    if (seen.has(real)) continue
    seen.add(real)
    const text = readText(inputs.view, real) ?? ''
    if (role === 'secret-file' || role === 'secret-env') search.addFile(text)
    else if (!role.startsWith('configmap-') || MAY_HOLD_SECRET.test(text)) search.lookInto(text)
  }
  for (const { text, target } of listPatches(inputs)) if (mayBeSecret(target)) search.lookInto(text, 'object')
  return search.values()
}

/** Text that may embed the manifest of a Secret, in any quotes. */
const MAY_HOLD_SECRET = /secret|stringdata|\\[ux]/iu

class SecretSearch {
  readonly #values = new Set<string>()
  readonly #delimiters = new Set<string>()
  readonly #texts: [text: string, place: Place][] = []
  readonly #seen = new Set<string>()
  #count = 0

  lookInto(text: string, place: Place = 'plain'): void {
    // A plain string parses to itself: avoid an endless loop.
    const name = `${place} ${text}`
    if (!this.#seen.has(name)) this.#texts.push([text, place])
    this.#seen.add(name)
  }

  /** Adds a whole file, and for an env file each line after its `=`. */
  addFile(text: string): void {
    this.#add(text)
    for (const line of text.split(/\r?\n/u)) this.#addLiteral(line)
  }

  values(): readonly string[] | undefined {
    for (let next = this.#texts.pop(); next !== undefined; next = this.#texts.pop()) {
      const [text, place] = next
      for (const { value, fault } of readDocuments(text)) {
        if (fault !== undefined) this.#addBroken(text)
        this.#search(value, place)
      }
    }
    if (this.#count > MAX_VALUES) return undefined
    return [...this.#values].flatMap((value) => [value, ...this.#partsOf(value)])
  }

  #search(start: Value, startPlace: Place): void {
    const pending: [Value, Place][] = [[start, startPlace]]
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (++this.#count > MAX_VALUES) return
      const [value, place] = next
      if (value.kind === 'map') pending.push(...this.#fieldsOf(value, place))
      else if (value.kind === 'list') for (const item of value.items()) pending.push([item, place])
      else if (value.kind !== 'null') this.#addScalar(value.text, place)
    }
  }

  #fieldsOf(map: Value & { readonly kind: 'map' }, place: Place): [Value, Place][] {
    const here = placeOf(map, place)
    return map.entries().map(({ key, value }) => {
      const name = key.toLowerCase()
      if (name === 'delimiter') this.#delimiters.add(textOf(value))
      if (name === 'literals') return [value, 'content']
      if (here !== 'object' || (name === 'items' && value.kind === 'list')) return [value, here]
      return [value, NAMING_FIELDS.has(name) ? 'plain' : 'content']
    })
  }

  #addScalar(text: string, place: Place): void {
    if (place !== 'plain') this.#addLiteral(text)
    if (MAY_HOLD_SECRET.test(text)) this.lookInto(text)
  }

  /** Adds the whole text, and the part after the `=` of a literal or a line of an env file. */
  #addLiteral(text: string): void {
    this.#add(text)
    const [, value] = /^[^=\n]+=([^]+)$/u.exec(text) ?? []
    if (value !== undefined) this.#add(value.replace(/^(["'])([^]*)\1$/u, '$2'))
  }

  /** For text that is not YAML: adds each line, and its part after a key or a dash. */
  #addBroken(text: string): void {
    if (!MAY_HOLD_SECRET.test(text)) return
    for (const line of text.split(/\r?\n/u)) {
      const [, value = ''] = /^\s*(?:- +)?[^:]*?:?\s+["']?(.*?)["']?\s*$/u.exec(line) ?? []
      if (!/^\s*(?:kind|apiVersion|name|metadata|type) *:/u.test(line)) this.#add(value)
    }
  }

  #add(value: string): void {
    this.#values.add(value)
    const decoded = /^[A-Za-z0-9+/\s]{4,}={0,2}\s*$/u.test(value) ? Buffer.from(value, 'base64') : undefined
    if (decoded === undefined || !isUtf8(decoded)) return
    const text = decoded.toString('utf8')
    this.#values.add(text)
    if (MAY_HOLD_SECRET.test(text)) this.lookInto(text)
  }

  #partsOf(value: string): string[] {
    return [...this.#delimiters].filter((delimiter) => delimiter !== '').flatMap((by) => value.split(by))
  }
}

/** JSON Patch operations on identifying fields, such as the namespace, are not secret. */
const NAMING_PATH = /^\/(?:apiVersion|kind|metadata|type)(?:\/|$)/u

function placeOf(map: Value, outer: Place): Place {
  if (outer === 'plain') return isSecret(map) ? 'object' : 'plain'
  const isOperation = outer === 'object' && fieldOf(map, 'op') !== undefined
  return isOperation && NAMING_PATH.test(textOf(fieldOf(map, 'path'))) ? 'plain' : outer
}

/** Whether an object is a Secret in any case, a list of them, or an object with a Secret's fields and a misspelt kind. */
function isSecret(object: Value): boolean {
  const kind = textOf(fieldOf(object, 'kind'))
  if (/^secrets?(?:list)?$/iu.test(kind) || fieldOf(object, 'stringData') !== undefined) return true
  return (
    fieldOf(object, 'data') !== undefined &&
    kind !== 'ConfigMap' &&
    ['', 'v1'].includes(textOf(fieldOf(object, 'apiVersion')))
  )
}

/** Whether a patch's target, whose fields are patterns, can match a Secret. */
function mayBeSecret(target: Value | undefined): boolean {
  if (target === undefined) return false
  const otherKind = /^(?!secret$)[a-z]+$/iu.test(textOf(fieldOf(target, 'kind')))
  const otherGroup = /^[a-z][a-z0-9.-]*$/iu.test(textOf(fieldOf(target, 'group')))
  return !otherKind && !otherGroup
}
