import { createHmac, randomBytes } from 'node:crypto'

import { parseFile } from '../resources/embedded-file.ts'
import { rebuild } from '../resources/rebuild.ts'
import type { ResourceId } from '../resources/resource-id.ts'
import {
  isList,
  isMap,
  member,
  memberAt,
  Redacted,
  setMember,
  toJson,
  type Value,
  type ValueMap,
} from '../resources/value.ts'
import type { ResourceRules } from '../rules/marks.ts'
import { KNOWN_FIELDS } from './known-fields.ts'

/** `kubectl apply` keeps a copy of the whole object here, a Secret's values included. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/**
 * Replaces what must not be shown before anything is compared, so that no later step can show it. One redactor
 * serves one comparison: fingerprints of two comparisons have nothing in common.
 */
export class Redactor {
  #key: Uint8Array | undefined
  /** What stands inside a redacted file, each leaf redacted in turn where it has to be. */
  readonly #inside = new WeakMap<Redacted, () => Value | undefined>()

  /** @param key the key of the fingerprints; random when absent, so that fingerprints tell nothing across runs */
  constructor(key?: Uint8Array) {
    this.#key = key
  }

  /** A resource with every value that must not be shown replaced. The given value is not changed. */
  redact(id: ResourceId, value: ValueMap, rules: ResourceRules): ValueMap {
    const redacted = isSecret(value)
      ? this.#redactSecret(value)
      : this.#redactContent(this.#redactFiles(id, value, rules))
    if (!rules.redactsIn(undefined)) return redacted
    const shown = this.#redactPlaces(copy(redacted), rules, undefined)
    return isMap(shown) ? shown : this.#redactWhole(redacted)
  }

  /** The tree of a redacted file, or undefined when the value is no file. */
  inside(value: Redacted): Value | undefined {
    return this.#inside.get(value)?.()
  }

  #fingerprint(value: Value): Redacted {
    // Made when needed: most comparisons meet no secret, and the first random bytes of a process are slow.
    this.#key ??= randomBytes(32)
    return new Redacted(createHmac('sha256', this.#key).update(toJson(value)).digest('hex'))
  }

  /** Redacts what the rules say, in place; a fingerprint when that is the whole tree. */
  #redactPlaces(root: Value, rules: ResourceRules, key: string | undefined): Value {
    for (const place of rules.redacted(root, key)) {
      if (place.parent === undefined) return this.#fingerprint(root)
      if (isList(place.parent) && typeof place.key === 'number') {
        place.parent[place.key] = this.#again(place.parent[place.key])
      } else if (isMap(place.parent)) {
        setMember(place.parent, String(place.key), this.#again(member(place.parent, String(place.key))))
      }
    }
    return root
  }

  /** Every field but those that tell which resource it is. */
  #redactWhole(resource: ValueMap): ValueMap {
    const metadata = member(resource, 'metadata')
    return {
      ...this.#redactFields(resource, ['apiVersion', 'kind', 'metadata']),
      ...(isMap(metadata) ? { metadata: this.#redactFields(metadata, ['name', 'namespace']) } : {}),
    }
  }

  #redactFields(map: ValueMap, shown: readonly string[]): ValueMap {
    const result: ValueMap = {}
    for (const [key, value] of Object.entries(map)) {
      setMember(result, key, shown.includes(key) ? value : this.#again(value))
    }
    return result
  }

  #again(value: Value | undefined): Value {
    return value instanceof Redacted ? value : this.#fingerprint(value ?? null)
  }

  #redactSecret(secret: ValueMap): ValueMap {
    const result: ValueMap = { ...secret }
    for (const field of ['data', 'stringData']) {
      const values = member(secret, field)
      if (values === undefined || values === null) continue
      result[field] = isMap(values) ? this.#redactValues(values, field === 'data') : this.#fingerprint(values)
    }
    const annotations = memberAt(secret, 'metadata', 'annotations')
    const metadata = member(secret, 'metadata')
    if (isMap(metadata) && isMap(annotations) && Object.hasOwn(annotations, LAST_APPLIED)) {
      const applied = this.#fingerprint(annotations[LAST_APPLIED] ?? null)
      result['metadata'] = { ...metadata, annotations: { ...annotations, [LAST_APPLIED]: applied } }
    }
    return result
  }

  #redactValues(values: ValueMap, base64: boolean): ValueMap {
    const result: ValueMap = {}
    for (const [key, value] of Object.entries(values)) {
      const text = typeof value === 'string' && base64 ? decodeBase64(value) : value
      const redacted = this.#fingerprint(text)
      if (typeof text === 'string') {
        this.#inside.set(redacted, () => {
          const file = parseFile(text)
          return file === undefined ? undefined : this.#mask(file)
        })
      }
      setMember(result, key, redacted)
    }
    return result
  }

  /** The shape of a secret file: every scalar is a fingerprint, and every name of a field that is not well known. */
  #mask(root: Value): Value {
    return rebuild(root, {
      leaf: (leaf) => this.#again(leaf),
      key: (key) => (KNOWN_FIELDS.has(key) ? key : this.#fingerprint(key).toString()),
    })
  }

  /** Files of ConfigMaps and annotations that hold a Secret, or that a rule looks into, are redacted as files. */
  #redactFiles(id: ResourceId, value: ValueMap, rules: ResourceRules): ValueMap {
    const data = member(value, 'data')
    const files = id.kind === 'ConfigMap' && isMap(data) ? this.#redactEach(data, rules) : data
    const metadata = member(value, 'metadata')
    const annotations = member(metadata, 'annotations')
    const notes = isMap(annotations) ? this.#redactEach(annotations, rules) : annotations
    if (files === data && notes === annotations) return value
    return {
      ...value,
      ...(files === data ? {} : { data: files ?? null }),
      ...(notes === annotations || !isMap(metadata)
        ? {}
        : { metadata: { ...metadata, annotations: notes ?? null } }),
    }
  }

  #redactEach(files: ValueMap, rules: ResourceRules): ValueMap {
    let result = files
    for (const [key, text] of Object.entries(files)) {
      const redacted = typeof text === 'string' ? this.#redactFile(key, text, rules) : undefined
      if (redacted === undefined) continue
      if (result === files) result = { ...files }
      setMember(result, key, redacted)
    }
    return result
  }

  /** Undefined when the file holds nothing that must not be shown. What might be a Secret but cannot be read is one. */
  #redactFile(key: string, text: string, rules: ResourceRules): Redacted | undefined {
    if (key === LAST_APPLIED && rules.redactsAny) return this.#fingerprint(text)
    const marked = rules.redactsIn(key)
    if (!marked && !(SECRET_KIND.test(text) && SECRET_FIELD.test(text))) return undefined
    const redacted = this.#fingerprint(text)
    const tree = parseFile(text)
    if (tree !== undefined) {
      const found = this.#redactNestedSecrets(tree)
      if (!marked && !found) return undefined
      const shown = this.#redactPlaces(tree, rules, key)
      if (!(shown instanceof Redacted)) this.#inside.set(redacted, () => shown)
    }
    return redacted
  }

  /** Lists and templates of any kind may hold Secrets as objects. */
  #redactContent(resource: ValueMap): ValueMap {
    const own = copy(resource)
    return this.#redactNestedSecrets(own) ? own : resource
  }

  /** Redacts every Secret that stands anywhere in a tree, in place. */
  #redactNestedSecrets(root: Value): boolean {
    let found = false
    const pending: Value[] = [root]
    for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
      if (isMap(value) && isSecret(value)) {
        Object.assign(value, this.#redactSecret(value))
        found = true
      }
      const parts = isList(value) ? value : isMap(value) ? Object.values(value) : []
      for (const part of parts) pending.push(part)
    }
    return found
  }
}

const SECRET_KIND = /\bkind["']?\s*:\s*["']?Secret\b/u
const SECRET_FIELD = /\b(?:data|stringData)["']?\s*:/u

function isSecret(value: ValueMap): boolean {
  // Also one that the API server would refuse: a text or a list in place of the map can still be a secret.
  return (
    member(value, 'kind') === 'Secret' &&
    ['data', 'stringData'].some((field) => (member(value, field) ?? null) !== null)
  )
}

/** The text behind base64; what is no base64 of UTF-8 text stays as it is. */
function decodeBase64(text: string): string {
  const bytes = Buffer.from(text, 'base64')
  const decoded = bytes.toString('utf8')
  return bytes.length > 0 && Buffer.from(decoded, 'utf8').equals(bytes) ? decoded : text
}

function copy(value: ValueMap): ValueMap {
  const made = rebuild(value, {})
  return isMap(made) ? made : value
}
