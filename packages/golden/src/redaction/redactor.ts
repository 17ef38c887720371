import { parseFile } from '../resources/embedded-file.ts'
import { rebuild } from '../resources/rebuild.ts'
import type { ResourceId } from '../resources/resource-id.ts'
import { showAll } from '../resources/show-value.ts'
import { isList, isMap, member, Redacted, setMember, type Value, type ValueMap } from '../resources/value.ts'
import type { ResourceRules } from '../rules/marks.ts'
import { asText } from './base64.ts'
import { Fingerprints } from './fingerprints.ts'
import { knownFields } from './known-fields.ts'
import { isSecret, LAST_APPLIED } from './mask-secret.ts'
import { maskTree } from './mask-text.ts'

/**
 * Replaces secrets before the comparison, so that no later step can show them. Use one redactor per comparison:
 * fingerprints of different redactors cannot be compared.
 */
export class Redactor {
  readonly #fingerprints: Fingerprints

  /** @param key the key of the fingerprints; random when absent */
  constructor(key?: Uint8Array) {
    this.#fingerprints = new Fingerprints(key)
  }

  /** A copy of a resource with its secret values replaced. */
  redact(id: ResourceId, value: ValueMap, rules: ResourceRules): ValueMap {
    const own = copy(value)
    if (rules.redactsAny && !isSecret(own)) this.#redactFiles(id, own, rules)
    maskTree(own, this.#fingerprints)
    if (!rules.redactsIn(undefined)) return own
    const shown = this.#redactPlaces(own, rules, undefined)
    return isMap(shown) ? shown : this.#redactWhole(own)
  }

  /** The part of a redacted value that may be shown: a text without its secrets, or the structure of a file in a Secret. */
  inside(redacted: Redacted): Value | undefined {
    if (redacted.shown !== undefined) return redacted.shown
    const bytes = this.#fingerprints.bytesOf(redacted)
    const text = bytes === undefined ? undefined : asText(bytes)
    const file = text === undefined ? undefined : parseFile(text)
    return file === undefined ? undefined : this.#maskShape(file)
  }

  /** Applies the rules in place; returns a fingerprint if they redact the whole tree. */
  #redactPlaces(root: Value, rules: ResourceRules, key: string | undefined): Value {
    for (const place of rules.redacted(root, key)) {
      if (place.parent === undefined) return this.#fingerprints.of(root)
      if (isList(place.parent) && typeof place.key === 'number') {
        place.parent[place.key] = this.#again(place.parent[place.key])
      } else if (isMap(place.parent)) {
        setMember(place.parent, String(place.key), this.#again(member(place.parent, String(place.key))))
      }
    }
    return root
  }

  /** Redacts every field except the identity. */
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
    if (!(value instanceof Redacted)) return this.#fingerprints.of(value ?? null)
    return value.shown === undefined ? value : new Redacted(value.fingerprint)
  }

  /** The structure of a secret file: scalars and unknown field names are replaced by fingerprints. */
  #maskShape(root: Value): Value {
    return rebuild(root, {
      leaf: (leaf) => this.#again(leaf),
      key: (key) => (knownFields().has(key) ? key : this.#fingerprints.of(key).toString()),
    })
  }

  /** Redacts embedded files that a rule applies to, in a ConfigMap's data and in annotations, in place. */
  #redactFiles(id: ResourceId, resource: ValueMap, rules: ResourceRules): void {
    const holders = [
      id.kind === 'ConfigMap' ? member(resource, 'data') : undefined,
      member(member(resource, 'metadata'), 'annotations'),
    ]
    for (const files of holders.filter(isMap)) {
      for (const [key, text] of Object.entries(files)) {
        if (typeof text !== 'string') continue
        if (key === LAST_APPLIED) setMember(files, key, this.#fingerprints.of(text))
        else if (rules.redactsIn(key)) setMember(files, key, this.#redactFile(key, text, rules))
      }
    }
  }

  #redactFile(key: string, text: string, rules: ResourceRules): Redacted {
    const tree = parseFile(text)
    if (tree === undefined) return this.#fingerprints.of(text)
    maskTree(tree, this.#fingerprints)
    const shown = this.#redactPlaces(tree, rules, key)
    return shown instanceof Redacted
      ? this.#fingerprints.of(text)
      : this.#fingerprints.ofText(text, showAll(shown))
  }
}

function copy(value: ValueMap): ValueMap {
  const made = rebuild(value, {})
  return isMap(made) ? made : value
}
